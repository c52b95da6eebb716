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
    /// What stands in a table.
    enum Cell {
        case label(String)
        case value(DataValue?)

        /// With `digits`, floats are rounded.
        fileprivate func text(nothing: String, digits: Int?) -> String {
            switch self {
            case .label(let text): text
            case .value(nil), .value(.null?): nothing
            case .value(.float(let number)?):
                DataValue.float(digits.map { PythonRounding.rounded(number, digits: $0) } ?? number)
                    .pythonText
            case .value(let value?): value.pythonText
            }
        }
    }

    /// Nothing for a plain table without rows, as in DVC.
    static func table(
        _ headers: [String],
        _ rows: [[Cell]],
        _ format: FigureFormatOptions,
        digits: Int?
    ) -> [String] {
        if format.csv {
            return [CommaSeparatedRow(headers).text]
                + rows.map { row in
                    CommaSeparatedRow(row.map { $0.text(nothing: "", digits: digits) }).text
                }
        }
        let texts = rows.map { row in row.map { $0.text(nothing: "-", digits: digits) } }
        let table = HeadedTable(headers: headers, rows: texts)
        return format.isMarkdown ? table.markdown + [""] : rows.isEmpty ? [] : table.plain
    }
}
