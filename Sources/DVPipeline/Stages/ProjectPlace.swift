import DVSystem

/// Where the project is and where its user stands: decides how paths are shown.
package struct ProjectPlace: Hashable, Sendable {
    package let root: AbsolutePath
    /// The user's directory, read once at start.
    package let workingDirectory: AbsolutePath

    package init(root: AbsolutePath, workingDirectory: AbsolutePath) {
        self.root = root
        self.workingDirectory = workingDirectory
    }

    /// An output or dependency as DVC prints it: as written if absolute, else relative to the user's directory.
    package func display(_ path: AbsolutePath, written: String) -> String {
        if written.hasPrefix("/") { return written }
        guard contains(path) else { return path.string }
        return path.climbing(from: contains(workingDirectory) ? workingDirectory : root)
    }

    /// Whether `path` is the project's root or below it.
    package func contains(_ path: AbsolutePath) -> Bool { path.hasPrefix(root) }
}
