/// Files for Git that an operation wrote: pointers, `dvc.yaml`, `dvc.lock`, `.gitignore`.
package struct TouchedFiles: Sendable {
    /// As a user in the working directory would write them, sorted.
    package let paths: [String]
    /// Whether the user still has to stage them.
    package let needsHint: Bool
    /// What became of them in Git, where a commit was asked for.
    package var commit: FileCommit?

    /// A commit of touched files.
    package enum FileCommit: Sendable {
        case made(id: String, summary: String)
        /// The last commit has them like this.
        case nothingToCommit
    }

    init(paths: [String], needsHint: Bool, commit: FileCommit? = nil) {
        self.paths = paths
        self.needsHint = needsHint
        self.commit = commit
    }

    static let none = TouchedFiles(paths: [], needsHint: false)

    package func merging(_ other: TouchedFiles) -> TouchedFiles {
        TouchedFiles(
            paths: Set(paths + other.paths).sorted(),
            needsHint: needsHint || other.needsHint,
            commit: other.commit ?? commit
        )
    }
}
