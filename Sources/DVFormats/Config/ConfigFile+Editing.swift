extension ConfigFile {
    /// Sets an option, in its place or at the end of its section; adds the section where DVC would.
    ///
    /// - Throws: when no quoting can hold the value.
    package mutating func set(_ value: String, for key: ConfigKey) throws(FormatError) {
        let quoted = try ConfigText.quoted(value, key: key, file: file)
        isEdited = true
        addSection(key.section)
        if let index = lineIndex(of: key),
            case .option(let name, _, let lead, let comment) = lines[index].content
        {
            let suffix = comment.isEmpty ? "" : " \(comment)"
            lines[index].text = "\(lead) = \(quoted)\(suffix)"
            lines[index].content = .option(
                name: name,
                value: .string(value),
                lead: lead,
                comment: comment
            )
        } else {
            let range = body(of: key.section)
            let last = range.last { optionName(at: $0) != nil }
            let indent = last.map { String(lines[$0].text.prefix { $0.isWhitespace }) } ?? "    "
            let lead = indent + key.option
            let line = Line(
                text: "\(lead) = \(quoted)",
                content: .option(
                    name: key.option,
                    value: .string(value),
                    lead: lead,
                    comment: ""
                )
            )
            lines.insert(line, at: last.map { $0 + 1 } ?? range.lowerBound)
        }
    }

    /// Removes an option, and a section without a name that it leaves empty; false if it is not set.
    @discardableResult
    package mutating func unset(_ key: ConfigKey) -> Bool {
        guard let index = lineIndex(of: key) else { return false }
        isEdited = true
        lines.remove(at: index)
        if key.section.name == nil, options(in: key.section).isEmpty,
            let header = headerIndex(of: key.section)
        {
            lines.remove(at: header)
        }
        return true
    }

    /// Adds an empty section unless it is there: plain ones before named ones, each kind together.
    package mutating func addSection(_ section: ConfigSection) {
        guard !hasSection(section) else { return }
        isEdited = true
        let text = "[\(ConfigText.quotedHeader(section.header))]"
        lines.insert(Line(text: text, content: .section(section)), at: place(for: section))
    }

    /// Removes a section and what is inside it; comments after its last option stay.
    @discardableResult
    package mutating func removeSection(_ section: ConfigSection) -> Bool {
        guard let block = block(of: section) else { return false }
        isEdited = true
        lines.removeSubrange(block)
        return true
    }

    /// Gives a section exactly these options, in its old place if it had one.
    package mutating func replaceSection(
        _ section: ConfigSection,
        with options: [(option: String, value: String)]
    ) throws(FormatError) {
        addSection(section)
        let kept = Set(options.map { $0.option.lowercased() })
        isEdited = true
        for index in body(of: section).reversed() {
            if let name = optionName(at: index), !kept.contains(name) { lines.remove(at: index) }
        }
        for (option, value) in options { try set(value, for: ConfigKey(section, option)) }
    }

    /// Renames a section and, as DVC does, moves it behind the others of its kind; false if it is not there.
    @discardableResult
    package mutating func renameSection(_ section: ConfigSection, to new: ConfigSection) -> Bool {
        guard let block = block(of: section), !hasSection(new) else { return false }
        var moved = Array(lines[block])
        removeSection(section)
        moved[0] = Line(
            text: "[\(ConfigText.quotedHeader(new.header))]",
            content: .section(new)
        )
        lines.insert(contentsOf: moved, at: place(for: new))
        return true
    }

    /// From the header to the last option.
    private func block(of section: ConfigSection) -> Range<Int>? {
        guard let header = headerIndex(of: section) else { return nil }
        let last = body(of: section).last { optionName(at: $0) != nil }
        return header..<(last ?? header) + 1
    }

    /// Where a new section goes: behind the last that DVC would write before it.
    private func place(for section: ConfigSection) -> Int {
        let before = sections.last { Self.rank($0) <= Self.rank(section) }
        if let before, let block = block(of: before) { return block.upperBound }
        guard let next = sections.first, var index = headerIndex(of: next) else {
            return lines.count
        }
        // Comments right above a header belong to it.
        while index > 0, lines[index - 1].text.trimmingSpace().hasPrefix("#") { index -= 1 }
        return index
    }

    private static func rank(_ section: ConfigSection) -> Int {
        guard section.name != nil else { return 0 }
        return 1 + (ConfigSection.namedKinds.firstIndex(of: section.kind) ?? 0)
    }
}
