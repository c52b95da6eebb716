import Clibgit2
import DVSystem
import SystemPackage

/// An open Git repository with a working directory.
///
/// Handles of libgit2 belong to the thread that made them, so the type is not `Sendable`.
package final class GitRepository {
    /// The root of the working tree, links resolved.
    package let workingDirectory: AbsolutePath
    /// `.git`, or the folder that a `.git` file of a worktree or submodule names.
    package let gitDirectory: AbsolutePath
    let handle: OpaquePointer

    /// libgit2 is started when the first repository is looked for, not with the process.
    private static let library: Int32 = git_libgit2_init()

    /// The repository that `directory` is in; nil if it is in none.
    package static func discover(from directory: AbsolutePath) throws(GitError) -> GitRepository? {
        _ = library
        var handle: OpaquePointer?
        let code = directory.withCString {
            git_repository_open_ext(&handle, $0, 0, nil)
        }
        if code == GIT_ENOTFOUND.rawValue { return nil }
        guard code == 0, let handle else {
            throw .last("open the Git repository of", directory.string, code)
        }
        guard let root = git_repository_workdir(handle), let git = git_repository_path(handle)
        else {
            git_repository_free(handle)
            throw GitError(
                operation: "use the Git repository of",
                path: directory.string,
                code: GIT_EBAREREPO.rawValue,
                message: "it is bare: it has no working tree"
            )
        }
        return GitRepository(handle, root: root, git: git)
    }

    /// The repository at exactly `path`, with or without a working tree; nil if there is none.
    ///
    /// A bare one has its own folder for a working directory: only its history is of use.
    package static func open(at path: AbsolutePath) throws(GitError) -> GitRepository? {
        _ = library
        var handle: OpaquePointer?
        let code = path.withCString {
            git_repository_open_ext(&handle, $0, GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue, nil)
        }
        if code == GIT_ENOTFOUND.rawValue { return nil }
        guard code == 0, let handle, let git = git_repository_path(handle) else {
            throw .last("open the Git repository", path.string, code)
        }
        return GitRepository(handle, root: git_repository_workdir(handle) ?? git, git: git)
    }

    /// Makes an empty bare repository at `path`.
    package static func createBare(at path: AbsolutePath) throws(GitError) -> GitRepository {
        _ = library
        var handle: OpaquePointer?
        let code = path.withCString { git_repository_init(&handle, $0, 1) }
        guard code == 0, let handle, let git = git_repository_path(handle) else {
            throw .last("make a Git repository in", path.string, code)
        }
        return GitRepository(handle, root: git, git: git)
    }

    private init(_ handle: OpaquePointer, root: UnsafePointer<CChar>, git: UnsafePointer<CChar>) {
        self.handle = handle
        workingDirectory = AbsolutePath(FilePath(platformString: root), relativeTo: .root)
        gitDirectory = AbsolutePath(FilePath(platformString: git), relativeTo: .root)
    }

    deinit { git_repository_free(handle) }

    /// Whether ignore rules (`.gitignore`, `info/exclude`, the user's own) leave `path` out.
    ///
    /// Paths outside the working tree are not ignored.
    package func isIgnored(_ path: AbsolutePath, isDirectory: Bool) throws -> Bool {
        guard let relative = try relative(path), !relative.isEmpty else { return false }
        var ignored: Int32 = 0
        // A trailing slash tells libgit2 that a pattern for folders applies; FilePath would drop it.
        let text =
            relative.bytes.map { CChar(bitPattern: $0) }
            + (isDirectory ? [CChar(bitPattern: UInt8(ascii: "/")), 0] : [0])
        let code = git_ignore_path_is_ignored(&ignored, handle, text)
        guard code == 0 else { throw GitError.last("check ignore rules for", path.string, code) }
        return ignored != 0
    }

    /// Whether the index has `path`, or anything below it.
    package func isTracked(_ path: AbsolutePath) throws -> Bool {
        guard let relative = try relative(path), !relative.isEmpty else { return false }
        let index = try GitIndex(of: handle, path: gitDirectory.string)
        return index.contains(relative)
    }

    /// Puts files into the index as they are now; those that no longer exist leave it.
    ///
    /// Written once, under the lock of the index from reading on: other entries stay as they are, also those that Git
    /// stages at the same time. Waits up to `patience` for a Git command that has the lock.
    package func stage(_ paths: [AbsolutePath], patience: Duration = .seconds(5)) throws {
        let index = try GitIndexEdit(of: handle, in: gitDirectory, patience: patience)
        for path in paths {
            guard let relative = try relative(path) else { continue }
            if try path.exists() { try index.add(relative) } else { try index.remove(relative) }
        }
        try index.commit()
    }

    /// `path` from the root of the working tree, seen through links in its parents.
    ///
    /// Nil outside of it.
    func relative(_ path: AbsolutePath) throws(SystemError) -> RelativePath? {
        if let relative = path.relative(to: workingDirectory) { return relative }
        do throws(SystemError) {
            let parent = try path.parent.resolvingLinks()
            return parent.appending(path.name).relative(to: workingDirectory)
        } catch {
            guard [.noSuchFileOrDirectory, .notDirectory].contains(error.code) else { throw error }
            return nil
        }
    }
}
