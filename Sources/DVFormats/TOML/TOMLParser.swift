/// Reads TOML 1.0 into values, with the keys in the order of the file.
///
/// Own code: the available library ends the process for some mistakes, docs/decisions/0004-toml-reader.md.
struct TOMLParser {
    /// How deep values, tables and dotted keys may be nested in each other.
    static let maximumDepth = 256

    let bytes: [UInt8]
    private let file: String
    var position = 0
    /// Of what is being read, below the top of the document.
    var depth = 0
    private let root = TOMLTable(.header)
    /// The number of headers read so far.
    private var section = 0

    static func parse(_ bytes: [UInt8], file: String) throws(FormatError) -> DataValue {
        var parser = TOMLParser(bytes: bytes, file: file)
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw parser.error("the text is not UTF-8", at: error.byteOffsets.lowerBound)
        }
        try parser.document()
        return parser.root.value
    }

    private init(bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
    }

    // MARK: Lines

    private mutating func document() throws(FormatError) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        var table = root
        var level = 0
        while true {
            try skipLines()
            guard let byte = next else { return }
            depth = level
            if byte == UInt8(ascii: "[") {
                (table, level) = try header()
            } else {
                try assignment(in: table, section: section)
            }
            try endOfLine()
        }
    }

    /// The table that a header opens, and how deep it is.
    private mutating func header() throws(FormatError) -> (TOMLTable, Int) {
        let start = position
        position += 1
        let isArray = take("[")
        depth = 0
        skipBlanks()
        let path = try key()
        guard take("]"), !isArray || take("]") else { throw error("expected ']'") }
        section += 1
        var table = root
        for name in path.dropLast() {
            guard let folder = table.folder(name) else { throw redefinition(of: path, at: start) }
            table = folder
        }
        let name = path[path.count - 1]
        guard let opened = isArray ? table.append(name) : table.open(name) else {
            throw redefinition(of: path, at: start)
        }
        return (opened, path.count)
    }

    /// `key = value` into a table; dotted keys add to tables of the same section only.
    mutating func assignment(in table: TOMLTable, section: Int) throws(FormatError) {
        let start = position
        let outer = depth
        defer { depth = outer }
        let path = try key()
        guard take("=") else { throw error("expected '=' behind a key") }
        skipBlanks()
        let value = try value()
        var table = table
        for name in path.dropLast() {
            guard let inner = table.extend(name, section: section) else {
                throw redefinition(of: path, at: start)
            }
            table = inner
        }
        guard table.set(path[path.count - 1], value) else {
            throw redefinition(of: path, at: start)
        }
    }

    /// The parts of a dotted key, and the blanks behind it.
    private mutating func key() throws(FormatError) -> [String] {
        var path: [String] = []
        repeat {
            skipBlanks()
            try descend()
            path.append(try keyPart())
            skipBlanks()
        } while take(".")
        return path
    }

    private mutating func keyPart() throws(FormatError) -> String {
        switch next {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return try shortString()
        default:
            let word = takeWord { Self.isLetterOrDigit($0) || $0 == 0x5F || $0 == 0x2D }
            guard !word.isEmpty else { throw error("expected a key") }
            return word
        }
    }

    private mutating func endOfLine() throws(FormatError) {
        skipBlanks()
        try skipComment()
        guard next == nil || takeLineEnd() else { throw error("expected the end of the line") }
    }

    // MARK: Errors

    private func redefinition(of path: [String], at start: Int) -> FormatError {
        error("'\(path.joined(separator: "."))' is defined twice", at: start)
    }

    func error(_ problem: String, at offset: Int? = nil) -> FormatError {
        let place = bytes.withUnsafeBufferPointer {
            YAMLText.place(of: offset ?? position, in: $0)
        }
        return FormatError(
            file: file,
            line: place.line,
            column: place.column,
            problem: "not valid TOML: \(problem)"
        )
    }
}
