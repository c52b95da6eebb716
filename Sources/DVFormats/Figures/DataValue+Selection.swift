import Glibc

extension DataValue {
    /// What dotted keys select, still nested; no keys select everything.
    ///
    /// The parts of a key may be shell patterns. Keys that lead nowhere select nothing.
    package func selecting(_ keys: [String]) -> DataValue {
        guard !keys.isEmpty else { return self }
        return keys.reduce(.mapping([])) { selected, key in
            let parts = key.split(separator: ".", omittingEmptySubsequences: false)
            return selection(parts[...]).map { selected.merged(with: $0) } ?? selected
        }
    }

    /// Nil if nothing is there.
    private func selection(_ parts: ArraySlice<Substring>) -> DataValue? {
        guard let part = parts.first else { return self }
        let rest = parts.dropFirst()
        if part == "**", !rest.isEmpty { return selectionBelow(parts) }
        switch self {
        case .mapping(let pairs):
            return .mapping(pairs.compactMap { Self.selection($0, $0.key, part, rest) })
                .unlessEmpty
        case .keyedMapping(let pairs):
            return .keyedMapping(
                pairs.compactMap { Self.selection($0, $0.key.keyText, part, rest) }
            )
            .unlessEmpty
        case .list(let items):
            guard let index = Int(part), items.indices.contains(index),
                let item = items[index].selection(rest)
            else { return nil }
            return .list(Array(repeating: .null, count: index) + [item])
        default: return nil
        }
    }

    /// What `rest` selects here and at any depth.
    private func selectionBelow(_ parts: ArraySlice<Substring>) -> DataValue? {
        let here = selection(parts.dropFirst())
        let below: DataValue? =
            switch self {
            case .mapping(let pairs):
                DataValue.mapping(
                    pairs.compactMap { pair in pair.value.selection(parts).map { (pair.key, $0) } }
                )
                .unlessEmpty
            case .keyedMapping(let pairs):
                DataValue.keyedMapping(
                    pairs.compactMap { pair in pair.value.selection(parts).map { (pair.key, $0) } }
                )
                .unlessEmpty
            default: nil
            }
        guard let here, let below else { return here ?? below }
        return below.merged(with: here)
    }

    private static func selection<Key>(
        _ pair: (key: Key, value: DataValue),
        _ name: String,
        _ part: Substring,
        _ rest: ArraySlice<Substring>
    ) -> (key: Key, value: DataValue)? {
        guard name == part || fnmatch(String(part), name, FNM_NOESCAPE) == 0 else { return nil }
        return pair.value.selection(rest).map { (pair.key, $0) }
    }

    private var unlessEmpty: DataValue? { isEmptyMapping ? nil : self }

    private func merged(with other: DataValue) -> DataValue {
        switch (self, other) {
        case (.mapping(let mine), .mapping(let theirs)):
            return .mapping(Self.merged(mine, theirs))
        case (.list(let mine), .list(let theirs)):
            return .list(Self.merged(mine, theirs))
        case (.mapping, .keyedMapping), (.keyedMapping, .mapping), (.keyedMapping, .keyedMapping):
            return .keyedMapping(Self.merged(keyedPairs, other.keyedPairs))
        default: return other
        }
    }

    private var keyedPairs: [(key: DataValue, value: DataValue)] {
        switch self {
        case .mapping(let pairs): pairs.map { (.string($0.key), $0.value) }
        case .keyedMapping(let pairs): pairs
        default: []
        }
    }

    private static func merged<Key: Equatable>(
        _ mine: [(key: Key, value: DataValue)],
        _ theirs: [(key: Key, value: DataValue)]
    ) -> [(key: Key, value: DataValue)] {
        theirs.reduce(into: mine) { merged, pair in
            if let index = merged.firstIndex(where: { $0.key == pair.key }) {
                merged[index].value = merged[index].value.merged(with: pair.value)
            } else {
                merged.append(pair)
            }
        }
    }

    /// Items that only one of the lists has selected.
    private static func merged(_ mine: [DataValue], _ theirs: [DataValue]) -> [DataValue] {
        (0..<max(mine.count, theirs.count)).map { index in
            guard index < theirs.count else { return mine[index] }
            return index < mine.count && theirs[index] == .null ? mine[index] : theirs[index]
        }
    }
}
