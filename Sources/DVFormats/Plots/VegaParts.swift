/// The parts that specifications are made of.
enum VegaParts {
    static func anchor(_ name: String) -> DataValue { .string(PlotTemplate.anchor(name)) }

    /// What every specification starts with.
    static let head: DataValue = [
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": ["values": anchor("data")],
        "title": ["text": anchor("title"), "anchor": "middle"],
    ]

    static let size: DataValue = ["width": anchor("plot_width"), "height": anchor("plot_height")]
    static let zoom: DataValue = ["params": [anchor("zoom_and_pan")]]
    static let revisionColor: DataValue = ["field": "rev", "type": "nominal"]
    static let dataTooltip: DataValue = ["content": "data"]
    static let withoutZero: DataValue = ["scale": ["zero": false]]

    static func field(_ axis: String, _ type: String? = nil) -> DataValue {
        let field: DataValue = ["field": anchor(axis)]
        return type.map { field.adding(["type": .string($0)]) } ?? field
    }

    /// An axis with its title, and `more` between the two.
    static func axis(_ axis: String, _ type: String?, _ more: DataValue = [:]) -> DataValue {
        field(axis, type).adding(more).adding(["title": anchor("\(axis)_label")])
    }

    static func axes(_ x: DataValue, _ y: DataValue) -> DataValue { ["x": x, "y": y] }
}
