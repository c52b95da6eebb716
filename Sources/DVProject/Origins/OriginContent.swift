import DVFormats
import DVGit
import DVHashing
import DVSystem

/// A file of another repository.
struct OriginFile {
    enum Source {
        /// In Git.
        case blob(GitObjectID, in: GitRepository)
        /// An object that an output needs, by its place among the outputs of the content.
        case object(Digest, output: Int)
    }

    /// From the path that was asked for; empty if that is the file.
    let path: RelativePath
    let source: Source
    let isExecutable: Bool
}

/// What is at a path of another repository: files of Git and tracked data alike.
struct OriginContent {
    /// Where the path would be in a checkout.
    let place: AbsolutePath
    let isFolder: Bool
    /// Tracked data at, below or around the path.
    let outputs: [OriginOutput]
    let files: [OriginFile]
}

extension OriginContent {
    /// The objects that an output contributes, sorted.
    func objects(of output: Int) -> [ObjectName] {
        let names = files.compactMap { file -> ObjectName? in
            guard case .object(let digest, output) = file.source else { return nil }
            return ObjectName(digest)
        }
        return Set(names).sorted()
    }
}
