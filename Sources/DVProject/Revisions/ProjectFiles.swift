import DVSystem

/// A name in a folder of a project.
struct ProjectFileEntry: Hashable, Sendable {
    let name: String
    /// False for links and for everything that is not a folder.
    let isFolder: Bool
}

/// The files of a project as the workspace has them, or as a revision of Git does: what reads stages cannot tell which.
///
/// Paths are relative to the project's root.
protocol ProjectFiles: Sendable {
    /// What a folder holds, sorted by name; nothing if there is no folder.
    func entries(in folder: RelativePath) throws -> [ProjectFileEntry]

    /// The content of a file; nil if there is none.
    func content(at path: RelativePath) throws -> [UInt8]?

    /// The content of a file outside of the project; nil if there is none, as in every revision.
    func outsideContent(at path: AbsolutePath) throws -> [UInt8]?

    /// Whether Git's ignore rules leave `path` out.
    func isIgnoredByGit(_ path: RelativePath, isDirectory: Bool) throws -> Bool
}
