/// Edits inside `[…]` and `{…}`: what stays keeps its text, and what is new is separated as the rest is.
extension YAMLPatch {
    /// Returns false, having changed nothing, for what is not written so, or is of another kind, or has no content to keep.
    mutating func updateFlow(_ node: YAMLNode, to value: DataValue) throws(FormatError) -> Bool {
        guard node.isFlow, !node.isAlias, !node.span.isEmpty,
            bytes[node.span.upperBound - 1] == UInt8(ascii: "]")
                || bytes[node.span.upperBound - 1] == UInt8(ascii: "}")
        else { return false }
        if case .list(let values) = value, let items = node.items, !items.isEmpty, !values.isEmpty {
            try updateFlow(items, to: values)
            return true
        }
        guard let pairs = value.pairs, let entries = node.entries else { return false }
        return try updateFlow(entries, to: pairs)
    }

    private mutating func updateFlow(
        _ items: [YAMLNode],
        to values: [DataValue]
    ) throws(FormatError) {
        if items.count == values.count {
            for (item, value) in zip(items, values) { try updateFlowMember(item, to: value) }
            return
        }
        var old: [DataValue] = []
        for item in items { old.append(try DataValue(item, in: file)) }
        let change = ListChange(from: old, to: values)
        replace(change.removed, of: items.map(\.span), with: change.added.map { Self.flow($0) })
    }

    private mutating func updateFlow(
        _ entries: [YAMLEntry],
        to pairs: [(key: DataValue, value: DataValue)]
    ) throws(FormatError) -> Bool {
        let names = Set(pairs.map(\.key.keyText))
        let isPlain = entries.allSatisfy { !$0.isMerged && !$0.value.span.isEmpty }
        guard isPlain, entries.contains(where: { names.contains($0.key.text ?? "") }) else {
            return false
        }
        var added: [String] = []
        for (key, value) in pairs {
            if let entry = entries.first(where: { $0.key.text == key.keyText }) {
                try updateFlowMember(entry.value, to: value)
            } else {
                added.append(Self.flow(key) + ": " + Self.flow(value))
            }
        }
        let spans = entries.map { $0.key.span.lowerBound..<$0.value.span.upperBound }
        let dropped = entries.indices(where: { !names.contains($0.key.text ?? "") })
        for run in dropped.ranges { replace(run, of: spans, with: []) }
        if !added.isEmpty { replace(spans.count..<spans.count, of: spans, with: added) }
        return true
    }

    private mutating func updateFlowMember(
        _ node: YAMLNode,
        to value: DataValue
    ) throws(FormatError) {
        if try DataValue(node, in: file) == value { return }
        if try updateFlow(node, to: value) { return }
        replace(node.span, with: Array(Self.flow(value).utf8))
    }

    /// Puts `texts` in place of a run of members that stand at `spans`.
    private mutating func replace(
        _ run: Range<Int>,
        of spans: [Range<Int>],
        with texts: [String]
    ) {
        let separator = separator(between: spans)
        let text = texts.joined(separator: separator)
        let range: Range<Int>
        var new = text
        switch (run.isEmpty, texts.isEmpty) {
        case (false, false):
            range = spans[run.lowerBound].lowerBound..<spans[run.upperBound - 1].upperBound
        case (false, true) where run.lowerBound > 0:
            range =
                spans[run.lowerBound - 1].upperBound..<spans[run.upperBound - 1].upperBound
        case (false, true):
            range = spans[0].lowerBound..<spans[run.upperBound].lowerBound
        case (true, _) where run.lowerBound > 0:
            let place = spans[run.lowerBound - 1].upperBound
            range = place..<place
            new = separator + text
        case (true, _):
            range = spans[0].lowerBound..<spans[0].lowerBound
            new = text + separator
        }
        replace(range, with: Array(new.utf8))
    }

    /// What is between the last two members, without comments; a comma and a blank if there are fewer.
    private func separator(between spans: [Range<Int>]) -> String {
        guard spans.count > 1 else { return ", " }
        let gap = bytes[spans[spans.count - 2].upperBound..<spans[spans.count - 1].lowerBound]
        let text = String(decoding: gap, as: UTF8.self)
        guard text.contains("#") else { return text }
        let margin = text.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
        return ",\n" + margin
    }

    /// `value` on one line, as it may stand between brackets.
    private static func flow(_ value: DataValue) -> String {
        switch value {
        case .list(let values): return "[" + values.map(flow).joined(separator: ", ") + "]"
        case .mapping, .keyedMapping:
            let pairs = (value.pairs ?? []).map { flow($0.key) + ": " + flow($0.value) }
            return "{" + pairs.joined(separator: ", ") + "}"
        default: return YAMLScalarStyle(of: value, isSimpleKey: true, isFlow: true).flowText
        }
    }
}

/// What turns one list into another: a run that is replaced, between what both have at their ends.
struct ListChange {
    let removed: Range<Int>
    let added: [DataValue]

    init(from old: [DataValue], to new: [DataValue]) {
        let prefix = zip(old, new).prefix { $0 == $1 }.count
        let limit = min(old.count, new.count) - prefix
        let suffix = zip(old.reversed(), new.reversed()).prefix(limit).prefix { $0 == $1 }.count
        removed = prefix..<(old.count - suffix)
        added = Array(new[prefix..<(new.count - suffix)])
    }
}
