import DVHashing
import DVSystem

/// Something in a tracked folder that cannot be tracked, and why.
package struct UntrackableFile: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// A symbolic link to nothing.
        case brokenLink
        /// Symbolic links that lead to each other.
        case linkLoop
        case pipe, socket, device
        /// DVC's listings are JSON, which cannot name it so that every tool reads the same.
        case nameNotUTF8
        /// A `.dvcignore`: DVC does not allow one inside a tracked folder, where a checkout could change it.
        case ignoreFileInside
        /// The tracked folder is itself a project (it holds `.dvc`).
        case projectInside
    }

    package let path: AbsolutePath
    package let reason: Reason

    package init(path: AbsolutePath, reason: Reason) {
        self.path = path
        self.reason = reason
    }
}

/// A file of the workspace that a checkout would destroy although the cache does not have its content.
package struct CheckoutConflict: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// Its content would be replaced.
        case replaced
        /// It would be removed.
        case removed
    }

    package let path: AbsolutePath
    package let kind: Kind
}

/// A file whose object is not in the cache.
package struct MissingObject: Hashable, Sendable {
    package let path: AbsolutePath
    package let name: ObjectName
}

/// A file that an operation over many could not deal with.
package struct FailedFile: Sendable {
    package let path: AbsolutePath
    package let cause: any Error
}

/// What can be wrong with the files of a workspace; lists are complete and sorted by path.
package enum WorkspaceError: Error, Sendable {
    case untrackable([UntrackableFile])
    /// Nothing was changed.
    case unsafeCheckout([CheckoutConflict])
    /// Nothing was changed.
    case missingObjects([MissingObject])
    /// The way to a file of the target leads through a symbolic link (the path given): nothing is written there.
    case linkInTheWay(AbsolutePath)
    /// These files failed; the others are done, and running again goes on with these.
    case failedFiles([FailedFile])
}
