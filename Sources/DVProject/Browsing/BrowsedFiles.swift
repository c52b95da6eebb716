import DVGit
import DVSystem
import DVWorkspace

/// A file or folder as the workspace or a revision of Git has it.
struct BrowsedFile: Sendable {
    let name: String
    let isFolder: Bool
    let isExecutable: Bool
    let size: Int64
    /// Whether a list with all levels goes on below it.
    let isEntered: Bool
}

/// The files that a user sees in a project, without what `.dvcignore` leaves out and without nested projects.
///
/// Paths are relative to the project's root.
protocol BrowsedFiles {
    /// What a folder holds; nothing if there is no folder.
    func files(in folder: RelativePath) throws -> [BrowsedFile]

    /// Nil if nothing is there.
    func file(at path: RelativePath) throws -> BrowsedFile?
}

/// The files of the workspace.
struct WorkspaceBrowser: BrowsedFiles {
    private let root: AbsolutePath
    private let names: WorkspaceFiles
    private let ignoring: IgnoreFiles

    init(of project: Project) throws {
        root = project.root
        names = try WorkspaceFiles(of: project)
        ignoring = project.ignoring
    }

    func files(in folder: RelativePath) throws -> [BrowsedFile] {
        guard try FileStatus.followingIfPresent(root.appending(folder))?.isDirectory == true else {
            return []
        }
        return try names.entries(in: folder).compactMap { entry in
            try visible(folder.appending(entry.name), isLink: !entry.isFolder)
        }
    }

    func file(at path: RelativePath) throws -> BrowsedFile? {
        if path.isEmpty { return try described(path, isLink: false) }
        guard let status = try FileStatus.ifPresent(root.appending(path)) else { return nil }
        return try visible(path, isLink: status.isSymbolicLink)
    }

    private func visible(_ path: RelativePath, isLink: Bool) throws -> BrowsedFile? {
        let file = try described(path, isLink: isLink)
        if try ignoring.isIgnored(path, isDirectory: file.isFolder) { return nil }
        guard file.isFolder else { return file }
        let marker = root.appending(path).appending(".dvc")
        return try FileStatus.ifPresent(marker)?.isDirectory == true ? nil : file
    }

    /// Links are followed; one that leads nowhere is an empty file.
    ///
    /// `isLink` may be true for files that are none.
    private func described(_ path: RelativePath, isLink: Bool) throws -> BrowsedFile {
        let status = try FileStatus.followingIfPresent(root.appending(path))
        let isFolder = status?.isDirectory ?? false
        return BrowsedFile(
            name: path.name,
            isFolder: isFolder,
            isExecutable: !isFolder && status?.isExecutable ?? false,
            size: status?.size ?? 0,
            // A link to a folder may lead back to where it is.
            isEntered: isFolder && !isLink
        )
    }
}

/// The files of a revision.
struct RevisionBrowser: BrowsedFiles {
    private let files: RevisionFiles
    private let git: GitRepository
    private let ignoring: IgnoreFiles

    /// `root` is where the project is, or would be if it were checked out.
    init(_ files: RevisionFiles, in git: GitRepository, at root: AbsolutePath) {
        self.files = files
        self.git = git
        ignoring = IgnoreFiles(projectRoot: root) { try files.content(at: $0) }
    }

    func files(in folder: RelativePath) throws -> [BrowsedFile] {
        try files.treeEntries(in: folder).compactMap { entry in
            try visible(entry, at: folder.appending(String(decoding: entry.name, as: UTF8.self)))
        }
    }

    func file(at path: RelativePath) throws -> BrowsedFile? {
        guard let entry = try files.treeEntry(at: path) else { return nil }
        return path.isEmpty ? try described(entry) : try visible(entry, at: path)
    }

    private func visible(_ entry: GitTreeEntry, at path: RelativePath) throws -> BrowsedFile? {
        let file = try described(entry)
        if try ignoring.isIgnored(path, isDirectory: file.isFolder) { return nil }
        let isProject =
            try file.isFolder && files.treeEntry(at: path.appending(".dvc"))?.kind == .folder
        return isProject ? nil : file
    }

    private func described(_ entry: GitTreeEntry) throws -> BrowsedFile {
        let isFolder = entry.kind == .folder || entry.kind == .submodule
        return BrowsedFile(
            name: String(decoding: entry.name, as: UTF8.self),
            isFolder: isFolder,
            isExecutable: entry.kind == .file(isExecutable: true),
            size: entry.kind == .submodule ? 0 : try git.size(of: entry.id),
            isEntered: entry.kind == .folder
        )
    }
}
