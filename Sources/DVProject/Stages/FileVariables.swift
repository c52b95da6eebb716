import DVFormats
import DVPipeline
import DVSystem

/// Reads the files that the templates of one `dvc.yaml` name, each once, from the workspace or a revision.
///
/// Confined to one thread.
final class FileVariables: VariableFiles {
    private let files: any ProjectFiles
    private let place: ProjectPlace
    private let folder: AbsolutePath
    private var known: [AbsolutePath: VariableFile] = [:]
    private var texts: [AbsolutePath: [UInt8]?] = [:]

    /// `pipeline` is the `dvc.yaml`.
    init(beside pipeline: AbsolutePath, in files: any ProjectFiles, at place: ProjectPlace) {
        self.files = files
        self.place = place
        folder = pipeline.parent
    }

    func variables(in path: String, from folder: String?) throws -> VariableFile {
        let base = folder.map { AbsolutePath($0, relativeTo: self.folder) } ?? self.folder
        let absolute = AbsolutePath(path, relativeTo: base)
        if let file = known[absolute] { return file }
        let name = absolute.climbing(from: place.workingDirectory)
        let file = VariableFile(name: name, content: try content(of: absolute, name))
        known[absolute] = file
        return file
    }

    private func content(of path: AbsolutePath, _ name: String) throws -> VariableFile.Content {
        do {
            let bytes = try bytes(of: path, in: files)
            texts[path] = .some(bytes)
            guard let bytes else { return .missing }
            return .values(try ParameterFile.parse(bytes, file: name))
        } catch let error as SystemError where error.code == .isDirectory {
            return .directory
        }
    }

    /// Whether what was read is the same there.
    func isUnchanged(in files: any ProjectFiles) throws -> Bool {
        try texts.allSatisfy { try bytes(of: $0.key, in: files) == $0.value }
    }

    private func bytes(
        of path: AbsolutePath,
        in files: any ProjectFiles
    ) throws -> [UInt8]? {
        guard let relative = path.relative(to: place.root) else {
            return try files.outsideContent(at: path)
        }
        return try files.content(at: relative)
    }
}
