import Glibc

/// Dotted keys whose parts are shell patterns, as DVC reads the parameters of stages; `**` stands for any number of parts.
extension DataValue {
    /// The value at a dotted key or, if there is none, at the one place that the key matches as a pattern.
    ///
    /// Nil if nothing matches, or several places do.
    package func parameter(_ key: String) -> DataValue? {
        if let value = value(atDottedKey: key) { return value }
        guard key.contains(where: "*?[".contains) else { return nil }
        let found = matches(ofPattern: key)
        return found.count == 1 ? found[0].value : nil
    }

    /// The places that a pattern matches, as dotted keys with their values.
    package func matches(ofPattern key: String) -> [(key: String, value: DataValue)] {
        var found: [(key: String, value: DataValue)] = []
        let parts = key.split(separator: ".", omittingEmptySubsequences: false)
        collect(parts[...], at: [], &found)
        return found
    }

    private func collect(
        _ parts: ArraySlice<Substring>,
        at path: [String],
        _ found: inout [(key: String, value: DataValue)]
    ) {
        guard let part = parts.first else {
            if !path.isEmpty { found.append((path.joined(separator: "."), self)) }
            return
        }
        let isAnyNumber = part == "**"
        if isAnyNumber { collect(parts.dropFirst(), at: path, &found) }
        for child in children {
            guard isAnyNumber || fnmatch(String(part), child.key, FNM_NOESCAPE) == 0 else {
                continue
            }
            child.value.collect(
                isAnyNumber ? parts : parts.dropFirst(),
                at: path + [child.key],
                &found
            )
        }
    }

    private var children: [(key: String, value: DataValue)] {
        if case .list(let items) = self {
            return items.enumerated().map { (String($0.offset), $0.element) }
        }
        return topValues
    }
}
