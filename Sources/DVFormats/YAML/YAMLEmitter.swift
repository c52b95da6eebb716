/// Prints values as DVC's YAML printer does: block style, two columns per level, lists not indented, lines folded at 80.
///
/// libyaml's emitter folds and quotes at other places, so its bytes would differ.
struct YAMLEmitter {
    private(set) var out: [UInt8] = []
    /// Characters on the current line.
    var column = 0
    /// Where a continued line starts.
    var indent = 0
    /// The last character written is a blank, or the line is empty.
    var whitespace = true
    /// Nothing but blanks and indicators (`-`, `?`, `:`) is on the line.
    var indention = true

    static let width = 80
    private let layout: YAMLLayout

    init(column: Int = 0, layout: YAMLLayout = .dvc) {
        self.column = column
        self.layout = layout
    }

    /// The entries of a mapping, each on lines of its own that start at `indent`.
    static func entries(
        _ pairs: [(key: DataValue, value: DataValue)],
        indent: Int,
        layout: YAMLLayout = .dvc
    ) -> [UInt8] {
        var emitter = YAMLEmitter(layout: layout)
        emitter.mapping(pairs, indent: indent)
        emitter.endLine()
        return emitter.out
    }

    static func entry(
        _ key: String,
        _ value: DataValue,
        indent: Int,
        layout: YAMLLayout = .dvc
    ) -> [UInt8] {
        entries([(.string(key), value)], indent: indent, layout: layout)
    }

    /// The items of a list, each on lines of its own with the dash at `indent`.
    static func items(
        _ values: [DataValue],
        indent: Int,
        layout: YAMLLayout = .dvc
    ) -> [UInt8] {
        var emitter = YAMLEmitter(layout: layout)
        emitter.sequence(values, indent: indent)
        emitter.endLine()
        return emitter.out
    }

    /// What follows the colon of a key at `indent` that ends at `column`, or the dash of an item; without a line end.
    static func value(
        _ value: DataValue,
        column: Int,
        indent: Int,
        isItem: Bool,
        layout: YAMLLayout = .dvc
    ) -> [UInt8] {
        var emitter = YAMLEmitter(column: column, layout: layout)
        emitter.whitespace = false
        emitter.indention = isItem
        emitter.node(value, indent: indent, isItem: isItem)
        return emitter.out
    }

    // MARK: Nodes

    private mutating func node(_ value: DataValue, indent: Int, isItem: Bool) {
        switch value {
        case .mapping(let pairs) where !pairs.isEmpty:
            let pairs = pairs.map { (key: DataValue.string($0.key), value: $0.value) }
            mapping(pairs, indent: indent + (isItem ? 2 : layout.mappingStep))
        case .keyedMapping(let pairs) where !pairs.isEmpty:
            mapping(pairs, indent: indent + (isItem ? 2 : layout.mappingStep))
        case .list(let values) where !values.isEmpty:
            sequence(values, indent: indent + (isItem || indention ? 2 : layout.listStep))
        case .mapping, .keyedMapping: indicator("{}", needsBlank: true)
        case .list: indicator("[]", needsBlank: true)
        default: scalarNode(value, indent: indent, isItem: isItem)
        }
    }

    private mutating func mapping(_ pairs: [(key: DataValue, value: DataValue)], indent: Int) {
        for (key, value) in pairs {
            self.indent = indent
            writeIndent()
            let isSimple = Self.isSimpleKey(key)
            if !isSimple { indicator("?", needsBlank: true, isIndention: true) }
            self.indent = indent + 2
            scalar(key, isSimpleKey: isSimple)
            self.indent = indent
            if isSimple {
                indicator(":", needsBlank: false)
            } else {
                writeIndent()
                indicator(":", needsBlank: true, isIndention: true)
            }
            node(value, indent: indent, isItem: false)
        }
    }

    private mutating func sequence(_ values: [DataValue], indent: Int) {
        for value in values {
            self.indent = indent
            writeIndent()
            indicator("-", needsBlank: true, isIndention: true)
            node(value, indent: indent, isItem: true)
        }
    }

    private mutating func scalarNode(_ value: DataValue, indent: Int, isItem: Bool) {
        self.indent = indent + 2
        if isItem { writeIndent() }
        scalar(value, isSimpleKey: false)
    }

    private mutating func scalar(_ value: DataValue, isSimpleKey: Bool) {
        switch YAMLScalarStyle(of: value, isSimpleKey: isSimpleKey) {
        case .plain(let text): writePlain(text, isSplit: !isSimpleKey)
        case .singleQuoted(let text): writeSingleQuoted(text, isSplit: !isSimpleKey)
        case .doubleQuoted(let text): writeDoubleQuoted(text, isSplit: !isSimpleKey)
        }
    }

    /// Longer keys, and those of several lines, are written as `? key`.
    private static func isSimpleKey(_ key: DataValue) -> Bool {
        guard case .string(let text) = key else { return true }
        let tagLength = "!!str".utf8.count
        return text.unicodeScalars.count + tagLength < 128
            && !text.unicodeScalars.contains(where: YAMLScalarStyle.isBreak)
    }

    // MARK: Characters

    mutating func write(_ text: String) {
        out.append(contentsOf: text.utf8)
        column += text.unicodeScalars.count
    }

    mutating func write(_ scalars: ArraySlice<Unicode.Scalar>) {
        for scalar in scalars {
            out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
        column += scalars.count
    }

    mutating func indicator(_ text: String, needsBlank: Bool, isIndention: Bool = false) {
        if needsBlank, !whitespace { write(" ") }
        whitespace = false
        indention = indention && isIndention
        write(text)
    }

    mutating func writeIndent() {
        if !indention || column > indent || (column == indent && !whitespace) { writeBreak() }
        if column < indent {
            whitespace = true
            out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent - column))
            column = indent
        }
    }

    mutating func writeBreak(_ character: Unicode.Scalar = "\n") {
        whitespace = true
        indention = true
        column = 0
        out.append(contentsOf: UTF8.encode(character) ?? UTF8.encodedReplacementCharacter)
    }

    mutating func endLine() {
        if column > 0 { writeBreak() }
    }
}
