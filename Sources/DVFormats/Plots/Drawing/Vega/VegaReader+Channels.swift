/// Which channels, and which of their settings, pictures show.
extension VegaReader {
    private static let knownChannels: Set = [
        "x", "y", "color", "fill", "stroke", "shape", "strokeDash", "opacity", "detail", "text",
        "xOffset", "yOffset", "row", "column", "facet",
    ]
    /// They say nothing that is seen, or only how it is written.
    private static let silentChannels: Set = [
        "tooltip", "href", "url", "description", "key", "order",
    ]

    mutating func channel(_ name: String, _ definition: DataValue) -> VegaChannel {
        let channel = VegaChannel(definition)
        guard Self.knownChannels.contains(name) else {
            let isSilent = Self.silentChannels.contains(name) && name != "order"
            if !isSilent, !definition.topValues.isEmpty { omit("encoding \(name)") }
            return channel
        }
        if ["x", "y"].contains(name), channel.value != nil { omit("encoding \(name) value") }
        if definition.entry("condition")?.entry("test") != nil {
            omit("encoding \(name) condition")
        }
        if definition.entry("type")?.string == "temporal" {
            omit("encoding \(name) of type temporal")
        }
        if let aggregate = definition.entry("aggregate"), channel.aggregate == nil {
            omit("aggregate \(aggregate.keyText)")
        }
        for key in ["timeUnit", "impute", "bandPosition"] where definition.entry(key) != nil {
            omit("encoding \(name) \(key)")
        }
        if name == "opacity", channel.isVaried { omit("encoding opacity by field") }
        for (key, value) in channel.scale.topValues where !Self.isKnown(key, value, of: name) {
            omit("encoding \(name) scale \(key)")
        }
        return channel
    }

    private static func isKnown(_ key: String, _ value: DataValue, of channel: String) -> Bool {
        switch key {
        case "zero", "nice", "padding", "paddingInner", "paddingOuter": true
        case "domain": if case .list = value { true } else { false }
        case "range": if case .list = value { !["x", "y"].contains(channel) } else { false }
        case "type":
            ["linear", "ordinal", "band", "point"].contains(value.string)
                || value.string == "log" && ["x", "y"].contains(channel)
        default: false
        }
    }
}
