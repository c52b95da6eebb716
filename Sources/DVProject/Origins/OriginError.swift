import DVSystem

/// Why data of another repository or place cannot be had.
package enum OriginError: Error, Sendable {
    /// No Git repository at a path.
    case noRepository(url: String)
    /// A project without Git, where a revision has to be recorded.
    case withoutGit(url: String)
    /// A clone or an update of one failed.
    case unreachable(url: String, cause: any Error)
    /// A repository without commits.
    case noCommits(url: String)
    /// Neither Git nor DVC tracks `path` at that revision.
    case noPath(String, url: String, revision: String)
    /// A path outside of the repository.
    case foreignPath(String, url: String)
    /// `get --show-url` of something that no remote holds.
    case notTracked(String, url: String)
    /// Something is where the data should go.
    case destinationExists(String, isDirectory: Bool)
    case isPointerFile(String)
    /// Nothing at the path of an `import-url` or `get-url`.
    case sourceMissing(String)
    case dependencyMissing(String)
    /// A project without a remote, and without a cache that can be reached.
    case noStorage(url: String)
    /// Imports that lead to each other in a circle.
    case endlessChain(url: String)
    /// An update of something that was not imported.
    case notAnImport(String)
    /// `update --to-remote` of data of a repository.
    case notUpdatableOnRemote(String)
    /// Changes that an update would overwrite.
    case localChanges([String])
    /// No tag, or no `dvc.yaml` at its commit, names it.
    case artifactNotFound(String, ArtifactChoice)
    case invalidOptions(String)
}
