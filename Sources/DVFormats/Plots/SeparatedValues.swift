/// Reads CSV and TSV as Python's `csv` module does: quotes around fields, doubled inside; lines end with LF, CR or both.
struct SeparatedValues {
    private let bytes: [UInt8]
    private let separator: UInt8
    private var position = 0

    init(_ text: String, separator: UInt8) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let all = Array(text.utf8)
        bytes = all.starts(with: mark) ? Array(all.dropFirst(3)) : all
        self.separator = separator
    }

    /// Each row as a mapping from its columns; without a header these are called by their numbers from 0.
    ///
    /// A cell that is missing is null; cells beyond the columns are a list with the key `null`, as DVC's JSON has it.
    func records(hasHeader: Bool) -> [DataValue] {
        var reader = self
        var rows: [[String]] = []
        while let row = reader.row() {
            if !row.isEmpty { rows.append(row) }
        }
        guard let first = rows.first else { return [] }
        let names = hasHeader ? first : first.indices.map(String.init)
        return rows.dropFirst(hasHeader ? 1 : 0).map { Self.record($0, names) }
    }

    private static func record(_ row: [String], _ names: [String]) -> DataValue {
        var pairs: [(key: String, value: DataValue)] = []
        for (index, name) in names.enumerated() {
            let value = index < row.count ? DataValue.string(row[index]) : .null
            if let known = pairs.firstIndex(where: { $0.key == name }) {
                pairs[known].value = value
            } else {
                pairs.append((name, value))
            }
        }
        if row.count > names.count {
            pairs.append(("null", .list(row[names.count...].map { .string($0) })))
        }
        return .mapping(pairs)
    }

    /// The cells of the next line, none for an empty one; nil at the end.
    private mutating func row() -> [String]? {
        guard position < bytes.count else { return nil }
        if skipLineEnd() { return [] }
        var cells: [String] = []
        while true {
            cells.append(cell())
            guard position < bytes.count, bytes[position] == separator else { break }
            position += 1
        }
        _ = skipLineEnd()
        return cells
    }

    private mutating func cell() -> String {
        var text: [UInt8] = []
        var isQuoted = position < bytes.count && bytes[position] == UInt8(ascii: "\"")
        if isQuoted { position += 1 }
        while position < bytes.count {
            let byte = bytes[position]
            if isQuoted, byte == UInt8(ascii: "\"") {
                position += 1
                isQuoted = position < bytes.count && bytes[position] == byte
                if !isQuoted { continue }
            } else if !isQuoted, byte == separator || Self.isLineEnd(byte) {
                break
            }
            text.append(byte)
            position += 1
        }
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func skipLineEnd() -> Bool {
        guard position < bytes.count, Self.isLineEnd(bytes[position]) else { return false }
        let isPair = bytes[position] == UInt8(ascii: "\r")
        position += 1
        if isPair, position < bytes.count, bytes[position] == UInt8(ascii: "\n") { position += 1 }
        return true
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
}
