/// Changes the text of a YAML file into one with another value, touching only what differs.
struct YAMLPatch {
    let bytes: [UInt8]
    let file: String
    let layout: YAMLLayout
    private var edits: [(range: Range<Int>, text: [UInt8])] = []

    /// `root` shows how the file is laid out.
    init(_ bytes: [UInt8], file: String, root: YAMLNode?) {
        self.bytes = bytes
        self.file = file
        layout = root.map { YAMLLayout(of: $0) } ?? .dvc
    }

    /// Where a value stands: behind the colon of a key, or behind the dash of an item.
    struct Slot {
        /// Offset behind the colon or dash, and the column there.
        var start: Int
        var column: Int
        /// Column of the key or dash.
        var indent: Int
        var isItem = false
    }

    /// The text with all edits made.
    func applied() -> [UInt8] {
        var result: [UInt8] = []
        var position = 0
        let ordered = edits.enumerated().sorted {
            ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
        }
        for (_, edit) in ordered where edit.range.lowerBound >= position {
            result += bytes[position..<edit.range.lowerBound]
            if edit.text.last == YAMLText.newline, let last = result.last, last != YAMLText.newline
            {
                result.append(YAMLText.newline)
            }
            result += edit.text
            position = edit.range.upperBound
        }
        return result + bytes[position...]
    }

    mutating func replace(_ range: Range<Int>, with text: some Sequence<UInt8>) {
        edits.append((range, Array(text)))
    }

    // MARK: Values

    /// Gives the node in `slot` a new value.
    mutating func update(_ node: YAMLNode, in slot: Slot, to value: DataValue) throws(FormatError) {
        if try DataValue(node, in: file) == value { return }
        if try updateFlow(node, to: value) { return }
        if updateBlockScalar(node, to: value) { return }
        if !node.isFlow, !node.isAlias, let pairs = value.pairs, let entries = node.entries,
            try update(entries, to: pairs)
        {
            return
        }
        if !node.isFlow, !node.isAlias, case .list(let values) = value, let items = node.items,
            try update(items, to: values)
        {
            return
        }
        rewrite(node, in: slot, to: value)
    }

    private mutating func rewrite(_ node: YAMLNode, in slot: Slot, to value: DataValue) {
        let text = YAMLEmitter.value(
            value,
            column: slot.column,
            indent: slot.indent,
            isItem: slot.isItem,
            layout: layout
        )
        replace(slot.start..<max(slot.start, endOfText(node)), with: text)
    }

    /// Returns false, having changed nothing, where the layout is too unusual for edits.
    private mutating func update(
        _ entries: [YAMLEntry],
        to pairs: [(key: DataValue, value: DataValue)]
    ) throws(FormatError) -> Bool {
        let own = entries.filter { !$0.isMerged }
        guard let last = own.last, let first = own.first, !pairs.isEmpty else { return false }
        let saved = edits
        let indent = first.key.column - 1
        var added: [(key: DataValue, value: DataValue)] = []
        for (key, value) in pairs {
            let entry = entries.first { $0.key.text == key.keyText }
            guard let entry else {
                added.append((key, value))
                continue
            }
            if entry.isMerged {
                if try DataValue(entry.value, in: file) != value { added.append((key, value)) }
            } else if let slot = slot(of: entry) {
                try update(entry.value, in: slot, to: value)
            } else {
                edits = saved
                return false
            }
        }
        let names = Set(pairs.map(\.key.keyText))
        let removed = own.indices.filter { !names.contains(own[$0].key.text ?? "") }
        if removed.count == own.count { return false }
        for index in removed where !remove(index, of: own, besides: removed) {
            edits = saved
            return false
        }
        if !added.isEmpty {
            let place = YAMLText.endOfLine(bytes, after: last.value.span.upperBound)
            replace(place..<place, with: YAMLEmitter.entries(added, indent: indent, layout: layout))
        }
        return true
    }

    /// Where the value of an entry stands; nil if something unusual is between key and colon.
    func slot(of entry: YAMLEntry) -> Slot? {
        var position = entry.key.span.upperBound
        while position < bytes.count, YAMLText.isSpace(bytes[position]) { position += 1 }
        guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else { return nil }
        let start = YAMLText.startOfLine(bytes, before: position)
        let text = String(decoding: bytes[start...position], as: UTF8.self)
        return Slot(
            start: position + 1,
            column: text.unicodeScalars.count,
            indent: entry.key.column - 1
        )
    }

    /// Removes the lines of an entry; behind a dash, everything up to the first entry that stays.
    private mutating func remove(
        _ index: Int,
        of entries: [YAMLEntry],
        besides removed: [Int]
    ) -> Bool {
        let entry = entries[index]
        let start = YAMLText.startOfLine(bytes, before: entry.key.span.lowerBound)
        if YAMLText.isBlank(bytes[start..<entry.key.span.lowerBound]) {
            let end = YAMLText.endOfLine(bytes, after: entry.value.span.upperBound)
            replace(start..<end, with: [])
            return true
        }
        let kept = entries.indices.first { $0 > index && !removed.contains($0) }
        guard let kept else { return false }
        replace(entry.key.span.lowerBound..<entries[kept].key.span.lowerBound, with: [])
        return true
    }

    // MARK: Lists

    private mutating func update(
        _ items: [YAMLNode],
        to values: [DataValue]
    ) throws(FormatError) -> Bool {
        let slots = items.compactMap(slot(ofItem:))
        guard slots.count == items.count, let indent = slots.first?.indent, !values.isEmpty else {
            return false
        }
        if items.count == values.count {
            for (index, value) in values.enumerated() {
                try update(items[index], in: slots[index], to: value)
            }
            return true
        }
        var old: [DataValue] = []
        for item in items { old.append(try DataValue(item, in: file)) }
        let change = ListChange(from: old, to: values)
        let (removed, added) = (change.removed, change.added)
        let prefix = removed.lowerBound
        guard removed.count < items.count || prefix > 0 else { return false }
        let lines = removed.map { YAMLText.startOfLine(bytes, before: slots[$0].start) }
        guard zip(removed, lines).allSatisfy({ isDash(bytes[$1..<slots[$0].start]) }) else {
            return false
        }
        if !added.isEmpty {
            let place =
                prefix > 0
                ? YAMLText.endOfLine(bytes, after: items[prefix - 1].span.upperBound)
                : YAMLText.startOfLine(bytes, before: slots[0].start)
            guard prefix > 0 || isDash(bytes[place..<slots[0].start]) else { return false }
            // Before the removals, of which the first begins here as well.
            replace(place..<place, with: YAMLEmitter.items(added, indent: indent, layout: layout))
        }
        for (index, start) in zip(removed, lines) {
            let end = YAMLText.endOfLine(bytes, after: items[index].span.upperBound)
            replace(start..<max(end, start), with: [])
        }
        return true
    }

    private func isDash(_ text: ArraySlice<UInt8>) -> Bool {
        text.last == UInt8(ascii: "-") && YAMLText.isBlank(text.dropLast())
    }

    private func slot(ofItem item: YAMLNode) -> Slot? {
        var position = item.span.lowerBound
        while position > 0, bytes[position - 1] == UInt8(ascii: " ") { position -= 1 }
        guard position > 0, bytes[position - 1] == UInt8(ascii: "-") else { return nil }
        let start = YAMLText.startOfLine(bytes, before: position - 1)
        let column = position - start
        return Slot(start: position, column: column, indent: column - 1, isItem: true)
    }
}

extension DataValue {
    /// The entries of a mapping of either kind.
    var pairs: [(key: DataValue, value: DataValue)]? {
        switch self {
        case .mapping(let pairs): pairs.map { (.string($0.key), $0.value) }
        case .keyedMapping(let pairs): pairs
        default: nil
        }
    }
}
