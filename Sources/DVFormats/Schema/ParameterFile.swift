/// Files of parameters: YAML, JSON, TOML and Python.
package enum ParameterFile {
    /// The values of a file; its extension says how it is written, and YAML is the rule for any other.
    ///
    /// A file without values is an empty mapping.
    package static func parse(_ bytes: [UInt8], file: String) throws(FormatError) -> DataValue {
        let name = file.split(separator: "/").last ?? ""
        let value: DataValue
        switch name.split(separator: ".", omittingEmptySubsequences: false).last?.lowercased() {
        case "json": value = try JSONParser.parse(bytes, file: file)
        case "toml": value = try TOMLParser.parse(bytes, file: file)
        case "py": value = try PythonParameters.parse(bytes, file: file)
        default: value = try DataValue.parseYAML(bytes, file: file)
        }
        return value == .null ? .mapping([]) : value
    }
}
