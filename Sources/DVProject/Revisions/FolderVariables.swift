import DVFormats
import DVGit
import DVSystem

/// Reads the files that a `dvc.yaml` names at and below its folder of a revision, wherever that folder is; what is above it
/// cannot be told.
///
/// Confined to one thread.
final class FolderVariables: VariableFiles {
    private let git: GitRepository
    private let folder: GitObjectID
    private var known: [AbsolutePath: VariableFile] = [:]

    init(of folder: GitObjectID, in git: GitRepository) {
        self.folder = folder
        self.git = git
    }

    func variables(in path: String, from folder: String?) throws -> VariableFile {
        let base = folder.map { AbsolutePath($0, relativeTo: .root) } ?? .root
        let place = AbsolutePath(path, relativeTo: base)
        if let file = known[place] { return file }
        let name = place.climbing(from: .root)
        let file = VariableFile(name: name, content: try content(of: place, name))
        known[place] = file
        return file
    }

    private func content(of place: AbsolutePath, _ name: String) throws -> VariableFile.Content {
        var tree = folder
        let components = place.relative(to: .root)?.components.map(Array.init) ?? []
        for (depth, component) in components.enumerated() {
            let entry = try git.entries(ofTree: tree).first { $0.name.elementsEqual(component) }
            guard let entry else { return .missing }
            switch entry.kind {
            case .folder: tree = entry.id
            case .file where depth == components.count - 1:
                return .values(try ParameterFile.parse(git.content(ofBlob: entry.id), file: name))
            default: return .missing
            }
        }
        return .directory
    }
}
