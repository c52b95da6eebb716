import DVSystem

/// Removes everything that makes a folder a project: stage files, `.dvcignore`, `.dvc` with settings and cache.
package struct DestroyOperation {
    private let confirm: () -> Bool

    /// `confirm` says whether the user is sure.
    package init(confirm: @escaping () -> Bool) {
        self.confirm = confirm
    }

    /// Throws `DestroyRefused` if the user is not sure.
    ///
    /// Data in the workspace stays; links into the cache become copies before the first file is removed.
    package func run(in project: Project) throws {
        guard confirm() else { throw DestroyRefused() }
        let collection = try StageCollection.read(project)
        for output in collection.stages.flatMap(\.outputs)
        where output.options.isCached && output.path.hasPrefix(project.root) {
            try WritableCopies(of: output.path).make()
        }
        for file in collection.files.values.sorted(by: { $0.path < $1.path }) {
            try file.path.removeFile()
            guard case .pipeline = file.content else { continue }
            try StageCommitter.lockPath(of: file.path).removeFile()
        }
        try project.root.appending(".dvcignore").removeFile()
        try project.dvcDirectory.removeTree()
    }
}

/// The user did not say yes.
package struct DestroyRefused: Error, Sendable {}
