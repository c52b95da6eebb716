extension DataValue {
    /// As Python's `str` gives it.
    package var pythonText: String {
        switch self {
        case .string(let text), .timestamp(let text): text
        default: pythonLiteral
        }
    }

    /// As Python's `repr` gives it: lists and mappings in the form of literals.
    package var pythonLiteral: String {
        switch self {
        case .null: "None"
        case .bool(let flag): flag ? "True" : "False"
        case .integer(let number): String(number)
        case .longInteger(let digits): digits
        case .float(let number): PythonFloat.literal(number)
        case .string(let text): PythonLiteral.quoted(text)
        case .timestamp(let text): text
        case .list(let items): "[" + items.map(\.pythonLiteral).joined(separator: ", ") + "]"
        case .mapping(let pairs):
            PythonLiteral.mapping(pairs.map { (PythonLiteral.quoted($0.key), $0.value) })
        case .keyedMapping(let pairs):
            PythonLiteral.mapping(pairs.map { ($0.key.pythonLiteral, $0.value) })
        }
    }
}

/// Text as Python writes it in a literal.
private enum PythonLiteral {
    static func mapping(_ pairs: [(key: String, value: DataValue)]) -> String {
        "{" + pairs.map { "\($0.key): \($0.value.pythonLiteral)" }.joined(separator: ", ") + "}"
    }

    /// In single quotes, unless that takes an escape that double ones do not.
    static func quoted(_ text: String) -> String {
        let quote: Unicode.Scalar = text.contains("'") && !text.contains("\"") ? "\"" : "'"
        var result = String(quote)
        for scalar in text.unicodeScalars {
            if scalar == quote { result += "\\" }
            result += escaped(scalar) ?? String(scalar)
        }
        return result + String(quote)
    }

    /// Nil for what can be printed.
    private static func escaped(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        case " ": return nil
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator, .spaceSeparator:
            break
        default: return nil
        }
        let value = scalar.value
        let (prefix, width) = value < 0x100 ? ("x", 2) : value < 0x10000 ? ("u", 4) : ("U", 8)
        let digits = String(value, radix: 16)
        return "\\" + prefix + String(repeating: "0", count: width - digits.count) + digits
    }
}
