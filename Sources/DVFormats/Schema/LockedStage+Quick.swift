import DVHashing

/// Reading a stage of a `dvc.lock` that has the layout and the plain texts that DVC writes for most stages: ten times as fast as
/// through a YAML parser, which matters where thousands of stages have not changed.
extension LockedStage {
    /// Nil for whatever is unusual: quoted, nested, unknown or wrong; a parser then decides.
    ///
    /// `text` starts with the line of the stage's name, which stands at column 2.
    init?(quickly text: ArraySlice<UInt8>) {
        var lines = PlainLines(text)
        guard lines.take() != nil, lines.indent == 4, lines.entry("cmd"),
            let command = lines.string()
        else { return nil }
        self.init(command: .single(command))
        if lines.opens("deps") {
            guard let paths = lines.paths() else { return nil }
            dependencies = paths
        }
        if lines.opens("params") {
            guard let files = lines.parameters() else { return nil }
            parameters = files
        }
        if lines.opens("outs") {
            guard let paths = lines.paths() else { return nil }
            outputs = paths
        }
        guard lines.isAtEnd else { return nil }
    }
}

/// Lines of `key: value` without anything that needs a YAML parser.
private struct PlainLines {
    private var rest: ArraySlice<UInt8>
    /// Of the next line.
    private(set) var indent = 0
    /// Of the entry taken last.
    private var value: ArraySlice<UInt8> = []

    init(_ text: ArraySlice<UInt8>) {
        rest = text
        measure()
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// Takes the next line, without its indent and end.
    mutating func take() -> ArraySlice<UInt8>? {
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let line = rest[(rest.startIndex + indent)..<end]
        rest = rest[(end + 1)...]
        measure()
        return line
    }

    private mutating func measure() {
        let first = rest.firstIndex { $0 != UInt8(ascii: " ") } ?? rest.endIndex
        indent = first - rest.startIndex
    }

    private func startsWith(_ text: StaticString) -> Bool {
        let line = rest.dropFirst(indent)
        let count = text.utf8CodeUnitCount
        return line.count > count
            && line.prefix(count).elementsEqual(
                UnsafeBufferPointer(start: text.utf8Start, count: count)
            )
    }

    /// Takes `key: value`.
    mutating func entry(_ key: StaticString) -> Bool {
        guard startsWith(key) else { return false }
        let start = rest.startIndex + indent + key.utf8CodeUnitCount
        guard rest[start...].starts(with: [UInt8(ascii: ":"), UInt8(ascii: " ")]),
            let line = take()
        else { return false }
        value = line[(start + 2)...]
        return true
    }

    /// Takes a key of a stage with nothing behind it.
    mutating func opens(_ key: StaticString) -> Bool {
        guard indent == 4, startsWith(key) else { return false }
        let after = rest[(rest.startIndex + indent + key.utf8CodeUnitCount)...]
        guard after.starts(with: [UInt8(ascii: ":"), UInt8(ascii: "\n")]) else { return false }
        return take() != nil
    }

    /// The value as plain text of one line that YAML reads as it stands; nil if there may be more to it.
    private var plain: String? {
        guard let first = value.first, let last = value.last, isPlainStart(first),
            last != UInt8(ascii: " "), last != UInt8(ascii: ":"),
            value.allSatisfy({ 0x20...0x7E ~= $0 })
        else { return nil }
        for (left, right) in zip(value, value.dropFirst()) {
            if left == UInt8(ascii: ":"), right == UInt8(ascii: " ") { return nil }
            if left == UInt8(ascii: " "), right == UInt8(ascii: "#") { return nil }
        }
        return String(decoding: value, as: UTF8.self)
    }

    private func isPlainStart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "("):
            true
        default: false
        }
    }

    func string() -> String? {
        plain.flatMap { YAMLScalar.isString($0) ? $0 : nil }
    }

    private func integer() -> Int? {
        guard value.count < 19, value.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            value.count == 1 || value.first != UInt8(ascii: "0")
        else { return nil }
        return Int(String(decoding: value, as: UTF8.self))
    }

    /// The items of a list of paths with their content.
    mutating func paths() -> [RecordedPath]? {
        var paths: [RecordedPath] = []
        while indent == 4, startsWith("- path: ") {
            guard entry("- path"), let path = string(), let content = content() else { return nil }
            paths.append(RecordedPath(path: path, content: content))
        }
        return paths.isEmpty ? nil : paths
    }

    private mutating func content() -> ContentRecord? {
        var scheme = HashScheme.md5DOS2Unix
        if indent == 6, entry("hash") {
            guard value.elementsEqual("md5".utf8) else { return nil }
            scheme = .md5
        }
        guard indent == 6, entry("md5"), let text = plain, let name = ObjectName(text) else {
            return nil
        }
        var record = ContentRecord(name, scheme: scheme)
        if indent == 6, entry("size") {
            guard let size = integer() else { return nil }
            record.size = Int64(size)
        }
        if indent == 6, entry("nfiles") {
            guard let count = integer() else { return nil }
            record.fileCount = count
        }
        if indent == 6, entry("isexec") {
            guard value.elementsEqual("true".utf8) else { return nil }
            record.isExecutable = true
        }
        return indent > 4 ? nil : record
    }

    /// Files with their values, each on a line.
    mutating func parameters() -> [LockedParameters]? {
        var files: [LockedParameters] = []
        while indent == 6, let line = take() {
            guard line.last == UInt8(ascii: ":"), let file = name(line.dropLast()) else {
                return nil
            }
            var values: [String: DataValue] = [:]
            while indent == 8, let line = take() {
                guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
                    let key = name(line[..<colon]),
                    line[(colon + 1)...].first == UInt8(ascii: " ")
                else { return nil }
                value = line[(colon + 2)...]
                guard let text = plain, values[key] == nil else { return nil }
                values[key] = YAMLScalar.resolve(text)
            }
            guard !values.isEmpty, indent <= 6 else { return nil }
            files.append(LockedParameters(file: file, values: values))
        }
        return files.isEmpty || Set(files.map(\.file)).count < files.count ? nil : files
    }

    private func name(_ bytes: ArraySlice<UInt8>) -> String? {
        var other = self
        other.value = bytes
        return other.string()
    }
}
