import DVFormats
import DVProject
import DVReporting
import DVTerminal

/// What a table is about.
enum FigureKind {
    case metrics, parameters
}

/// Values in tables.
enum FigureText {
    /// Nothing is a dash; with `digits`, floats are rounded.
    static func cell(_ value: DataValue?, digits: Int?) -> String {
        switch value {
        case nil, .null?: "-"
        case .float(let number)?:
            DataValue.float(digits.map { PythonRounding.rounded(number, digits: $0) } ?? number)
                .pythonText
        case let value?: value.pythonText
        }
    }

    /// Nothing for a plain table without rows, as in DVC.
    static func table(_ headers: [String], _ rows: [[String]], isMarkdown: Bool) -> [String] {
        let table = HeadedTable(headers: headers, rows: rows)
        return isMarkdown ? table.markdown + [""] : rows.isEmpty ? [] : table.plain
    }
}
