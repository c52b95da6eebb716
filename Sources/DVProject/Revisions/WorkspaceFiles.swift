import DVGit
import DVSystem
import Glibc
import Synchronization

/// The files of the workspace; links are followed.
final class WorkspaceFiles: ProjectFiles, @unchecked Sendable {
    // Sendable because the repository is used under the lock only.
    private let root: AbsolutePath
    private let git: GitRepository?
    private let lock = Mutex(())

    init(of project: Project) throws {
        root = project.root
        git = try project.openGit()
    }

    func entries(in folder: RelativePath) throws -> [ProjectFileEntry] {
        let path = root.appending(folder)
        let directory = try OpenFile.open(path, O_RDONLY | O_DIRECTORY)
        var entries: [ProjectFileEntry] = []
        var isUnclear = false
        try directory.forEachEntry { bytes, kind in
            let name = String(decoding: bytes, as: UTF8.self)
            isUnclear = isUnclear || kind == .unknown
            entries.append(ProjectFileEntry(name: name, isFolder: kind == .directory))
        }
        entries.sort { $0.name < $1.name }
        guard isUnclear else { return entries }
        // A file system that does not tell kinds with names.
        return try entries.map { entry in
            let status = try FileStatus.ifPresent(path.appending(entry.name))
            return ProjectFileEntry(name: entry.name, isFolder: status?.isDirectory ?? false)
        }
    }

    func content(at path: RelativePath) throws -> [UInt8]? {
        try root.appending(path).readBytesIfPresent()
    }

    func outsideContent(at path: AbsolutePath) throws -> [UInt8]? {
        try path.readBytesIfPresent()
    }

    func isIgnoredByGit(_ path: RelativePath, isDirectory: Bool) throws -> Bool {
        guard let git else { return false }
        return try lock.withLock { _ in
            try git.isIgnored(root.appending(path), isDirectory: isDirectory)
        }
    }
}
