import Clibgit2
import DVSystem
import Glibc
import SystemPackage

/// `index.lock`: as long as it is there, no other program changes the index.
///
/// libgit2 takes the lock only while it writes, so that what `git add` stages after libgit2 has read the index would be lost.
final class GitIndexLock {
    let index: AbsolutePath
    private let path: AbsolutePath
    private var isHeld = false

    /// Waits up to `patience` for a Git command that runs; throws an error with `isLocked` if it goes on.
    ///
    /// The name and the flags are those of Git itself.
    init(in gitDirectory: AbsolutePath, patience: Duration) throws {
        index = gitDirectory.appending("index")
        path = gitDirectory.appending("index.lock")
        let deadline = ContinuousClock.now + patience
        while true {
            do throws(SystemError) {
                _ = try OpenFile.creating(path)
                isHeld = true
                return
            } catch {
                guard error.code == .fileExists else { throw error }
                guard ContinuousClock.now < deadline else { throw Self.isHeld(path) }
            }
            try Interruption.check()
            usleep(20_000)
        }
    }

    private static func isHeld(_ path: AbsolutePath) -> GitError {
        GitError(
            operation: "lock the index of Git with",
            path: path.string,
            code: GIT_ELOCKED.rawValue,
            message: "it exists: another Git command runs, or one was killed"
        )
    }

    deinit {
        // Should it stay, the next command of Git or dvswift names it and says what to do.
        if isHeld { _ = path.withCString { unlink($0) } }
    }

    /// Makes `file` the index, and by the same rename frees the lock.
    func publish(_ file: AbsolutePath) throws {
        try file.rename(to: path)
        try path.rename(to: index)
        isHeld = false
    }
}
