import Clibgit2

/// A failed call of libgit2: what was attempted, on what, and its own account.
package struct GitError: Error, Hashable, Sendable {
    /// A verb phrase that completes "cannot …".
    package let operation: String
    package let path: String
    /// `git_error_code`.
    package let code: Int32
    /// What libgit2 says.
    package let message: String

    /// Whether the index is locked: another Git command runs, or one was killed.
    package var isLocked: Bool { code == GIT_ELOCKED.rawValue }

    /// Whether the repository has no working tree.
    package var isBare: Bool { code == GIT_EBAREREPO.rawValue }

    /// Whether there is no such thing.
    package var isNotFound: Bool { code == GIT_ENOTFOUND.rawValue }

    /// Whether the repository belongs to somebody else and is not listed in `safe.directory`.
    package var isForeign: Bool { code == GIT_EOWNER.rawValue }

    /// Captures the error of the call on this thread that returned `code`.
    static func last(_ operation: String, _ path: String, _ code: Int32) -> GitError {
        let text = git_error_last().map { String(cString: $0.pointee.message) }
        return GitError(
            operation: operation,
            path: path,
            code: code,
            message: text ?? "libgit2 error \(code)"
        )
    }
}

extension GitError: CustomStringConvertible {
    package var description: String { "cannot \(operation) '\(path)': \(message)" }
}
