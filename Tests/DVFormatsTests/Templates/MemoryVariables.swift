import DVFormats

/// Files of variables that exist in memory only.
final class MemoryVariables: VariableFiles {
    private let texts: [String: String]
    private(set) var reads: [String] = []

    init(_ texts: [String: String]) { self.texts = texts }

    func variables(in path: String, from folder: String?) throws -> VariableFile {
        let name = (folder.map { $0 + "/" } ?? "") + path
        reads.append(name)
        guard let text = texts[name] else {
            return VariableFile(name: name, content: name == "dir" ? .directory : .missing)
        }
        let value = try ParameterFile.parse(Array(text.utf8), file: name)
        return VariableFile(name: name, content: .values(value))
    }
}

extension PipelineFile {
    /// The resolved file of a text.
    static func resolving(
        _ text: String,
        _ files: [String: String] = [:],
        style: ArgumentStyle = ArgumentStyle()
    ) throws -> PipelineFile {
        try PipelineFile(parsing: Array(text.utf8), file: "dvc.yaml")
            .resolved(reading: MemoryVariables(files), style: style)
    }
}
