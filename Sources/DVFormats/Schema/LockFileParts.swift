/// The text of a `dvc.lock`, cut into stages.
struct LockFileParts {
    private(set) var head: ArraySlice<UInt8> = []
    private(set) var chunks: [LockFile.Chunk] = []
    private(set) var tail: ArraySlice<UInt8> = []
    private(set) var indent = 2

    private static let usualHead = Array("schema: '2.0'\nstages:\n".utf8)

    /// Cuts a file laid out as DVC does without parsing it; nil for any other.
    init?(quickly bytes: [UInt8]) {
        guard bytes.starts(with: Self.usualHead) else { return nil }
        head = bytes[..<Self.usualHead.count]
        var position = head.endIndex
        var line = 3
        var start: Int?
        while position < bytes.count {
            let end =
                bytes[position...].firstIndex(of: YAMLText.newline).map { $0 + 1 } ?? bytes.count
            switch Self.kind(of: bytes[position..<end]) {
            case .name(let name):
                if let start { chunks[chunks.count - 1].text = bytes[start..<position] }
                start = position
                chunks.append(LockFile.Chunk(name: name, text: [], line: line))
            case .inner where start != nil, .blank: break
            default: return nil
            }
            position = end
            line += 1
        }
        guard let start else { return nil }
        chunks[chunks.count - 1].text = bytes[start...]
    }

    private enum LineKind {
        case name(String)
        case inner, blank, unusual
    }

    private static func kind(of line: ArraySlice<UInt8>) -> LineKind {
        let space = UInt8(ascii: " ")
        guard let first = line.firstIndex(where: { $0 != space }) else { return .blank }
        if line[first] == YAMLText.newline { return .blank }
        let column = first - line.startIndex
        if column > 2 { return .inner }
        guard column == 2 else { return .unusual }
        let text = line[first...].dropLast(line.last == YAMLText.newline ? 1 : 0)
        guard text.last == UInt8(ascii: ":") else { return .unusual }
        let name = text.dropLast()
        let isPlain = name.allSatisfy(isNameByte) && name.first != UInt8(ascii: "-")
        let string = String(decoding: name, as: UTF8.self)
        return isPlain && YAMLScalar.isString(string) ? .name(string) : .unusual
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
            UInt8(ascii: "."), UInt8(ascii: "@"):
            true
        default: false
        }
    }

    /// Parses the whole file.
    init(parsing bytes: [UInt8], file: String) throws(FormatError) {
        let document = try YAMLDocument(parsing: bytes, file: file)
        guard let root = document.root else { return }
        let fields = try Self.check(root, in: file)
        guard let stages = fields.first(where: { $0.name == "stages" }) else {
            let end = bytes.last == YAMLText.newline ? "stages:\n" : "\nstages:\n"
            head = (bytes + Array(end.utf8))[...]
            return
        }
        let entries = try stages.value.entries("a mapping of stages")
        if entries.isEmpty, openEmpty(bytes, stages) { return }
        if !cut(bytes, stages.value.node, entries) { try reprint(root, in: file) }
    }

    /// Gives the keys at the top; everything below them was read too.
    private static func check(
        _ root: YAMLNode,
        in file: String
    ) throws(FormatError) -> [SchemaEntry] {
        try SchemaReader.readingAll(root, file: file) { reader throws(FormatError) in
            let fields = try reader.fields(["schema", "stages", "datasets"])
            try reader.attempt { () throws(FormatError) in
                guard let schema = fields.first(where: { $0.name == "schema" }) else {
                    throw reader.error("the key 'schema' is missing, expected schema: '2.0'")
                }
                guard case .scalar("2.0", let style) = schema.value.node.content, style.isQuoted
                else { throw schema.value.error("expected the schema '2.0'") }
            }
            for field in fields where field.name == "stages" {
                for entry in try field.value.entries("a mapping of stages") {
                    try reader.attempt { () throws(FormatError) in
                        try LockSchema.stage(entry.value)
                    }
                }
            }
            return fields
        }
    }

    /// Makes room for stages where the line is `stages: {}`; returns false for any other.
    private mutating func openEmpty(_ bytes: [UInt8], _ stages: SchemaEntry) -> Bool {
        let key = stages.key.node.span
        let end = YAMLText.endOfLine(bytes, after: key.upperBound)
        guard bytes[key.upperBound..<end].elementsEqual(": {}\n".utf8) else { return false }
        head = bytes[..<key.upperBound] + Array(":\n".utf8)
        tail = bytes[end...]
        return true
    }

    /// Returns false if the stages are not on lines of their own.
    private mutating func cut(
        _ bytes: [UInt8],
        _ stages: YAMLNode,
        _ entries: [SchemaEntry]
    ) -> Bool {
        let keys = entries.map(\.key.node)
        guard let first = keys.first, let last = entries.last, !stages.isFlow, !stages.isAlias
        else {
            return false
        }
        let starts = keys.map { YAMLText.startOfLine(bytes, before: $0.span.lowerBound) }
        let areLines = zip(starts, keys).allSatisfy {
            YAMLText.isBlank(bytes[$0..<$1.span.lowerBound]) && $1.column == first.column
        }
        guard areLines, first.column > 1, !stages.isAnchored, stages.entries?.count == keys.count,
            !entries.contains(where: { hasReferences($0.value.node) })
        else { return false }
        let end = YAMLText.endOfLine(bytes, after: last.value.node.span.upperBound)
        indent = first.column - 1
        head = bytes[..<starts[0]]
        for (index, entry) in entries.enumerated() {
            let next = index + 1 < starts.count ? starts[index + 1] : end
            chunks.append(
                LockFile.Chunk(
                    name: entry.name,
                    text: bytes[starts[index]..<next],
                    line: entry.key.node.line
                )
            )
        }
        tail = bytes[end...]
        return true
    }

    /// Anchors and aliases may reach from one stage into another.
    private func hasReferences(_ node: YAMLNode) -> Bool {
        if node.isAlias || node.isAnchored { return true }
        return switch node.content {
        case .scalar: false
        case .sequence(let items): items.contains(where: hasReferences)
        case .mapping(let entries): entries.contains { $0.isMerged || hasReferences($0.value) }
        }
    }

    /// Cuts the file as DVC would have written it.
    private mutating func reprint(_ root: YAMLNode, in file: String) throws(FormatError) {
        guard case .mapping(let pairs) = try DataValue(root, in: file) else { return }
        var head: [UInt8] = []
        for pair in pairs where pair.key != "stages" {
            head += YAMLEmitter.entry(pair.key, pair.value, indent: 0)
        }
        self.head = (head + Array("stages:\n".utf8))[...]
        for pair in pairs where pair.key == "stages" {
            for stage in pair.value.pairs ?? [] {
                let text = YAMLEmitter.entries([stage], indent: 2)
                chunks.append(LockFile.Chunk(name: stage.key.keyText, text: text[...], line: 1))
            }
        }
    }
}
