/// The `repo` of an import: a revision of another Git repository.
package struct ImportedRepository: Hashable, Sendable {
    /// A path or an address, as a user wrote it.
    package var url: String
    /// The branch, tag or commit that updates follow; nil for the default branch.
    package var revision: String?
    /// The commit that the data came from; nil as long as nothing was imported.
    package var lockedRevision: String?
    /// A configuration file, or settings, in place of those of the repository.
    package var configuration: DataValue?
    /// The name of the remote to take data from, or settings for it.
    package var remote: DataValue?

    package init(url: String, revision: String? = nil) {
        self.url = url
        self.revision = revision
    }
}

/// Where the data of a `.dvc` file came from.
package struct PointerDependency: Hashable, Sendable {
    /// Its path (in `repository`, if there is one), and what it held then.
    package var recorded: RecordedPath
    package var repository: ImportedRepository?

    package init(path: String, content: ContentRecord? = nil, repository: ImportedRepository? = nil)
    {
        recorded = RecordedPath(path: path, content: content)
        self.repository = repository
    }
}
