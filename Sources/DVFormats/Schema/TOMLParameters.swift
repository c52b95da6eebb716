import TOMLKit

/// Reads TOML into values.
enum TOMLParameters {
    static func parse(_ bytes: [UInt8], file: String) throws(FormatError) -> DataValue {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw FormatError(file: file, problem: "the file is not UTF-8")
        }
        if let place = TOMLBracketCheck.firstMistake(in: bytes) {
            throw FormatError(
                file: file,
                line: place.line,
                column: place.column,
                problem: "not valid TOML: unexpected character behind a bracket"
            )
        }
        do {
            return value(try TOMLTable(string: text))
        } catch let error as TOMLParseError {
            throw FormatError(
                file: file,
                line: error.source.begin.line,
                column: error.source.begin.column,
                problem: "not valid TOML: \(error.description)"
            )
        } catch {
            throw FormatError(file: file, problem: "not valid TOML: \(error)")
        }
    }

    /// The library sorts keys; only the order of nested mappings in `dvc.lock` shows it.
    private static func value(_ table: TOMLTable) -> DataValue {
        .mapping(table.map { ($0.0, value($0.1)) })
    }

    private static func value(_ item: TOMLValueConvertible) -> DataValue {
        if let table = item.table { return value(table) }
        if let array = item.array { return .list(array.map { value($0) }) }
        if let text = item.string { return .string(text) }
        if let flag = item.bool { return .bool(flag) }
        if let number = item.int { return .integer(number) }
        if let number = item.double { return .float(number) }
        return .timestamp(item.debugDescription)
    }
}
