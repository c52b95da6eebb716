import DVFormats
import DVGit
import DVHashing
import DVObjects
import DVSystem

/// Merges two versions of a pointer or lock file for Git, which gives and takes plain files.
package struct MergeOperation {
    private let ancestor: AbsolutePath
    private let ours: AbsolutePath
    private let theirs: AbsolutePath
    private let path: String?

    /// The result replaces `ours`; `path` is the file's place in the repository, for messages.
    package init(ancestor: AbsolutePath, ours: AbsolutePath, theirs: AbsolutePath, path: String?) {
        self.ancestor = ancestor
        self.ours = ours
        self.theirs = theirs
        self.path = path
    }

    /// Merges; without a project, pointers are merged line by line.
    ///
    /// Throws `MergeFailure` after a version with conflict markers is written.
    package func run(in project: Project?) throws {
        let target = ours
        let texts = Texts(
            ancestor: try ancestor.readBytesIfPresent() ?? [],
            ours: try ours.readBytes(),
            theirs: try theirs.readBytes()
        )
        let shown = path ?? ours.name
        do {
            if isLockFile(texts.ours) {
                try mergeLocks(texts, target, shown)
            } else {
                guard let project else { throw PointerMergeError.noProject }
                let merge = PointerMerge(project, texts, shown: shown)
                try target.replaceContents(with: try merge.merged())
            }
        } catch let error where !(error is MergeFailure || error is Interrupted) {
            try mergeLines(texts, target, shown, after: error)
        }
    }

    struct Texts {
        let ancestor: [UInt8]
        let ours: [UInt8]
        let theirs: [UInt8]
    }

    private func isLockFile(_ text: [UInt8]) -> Bool {
        if let path { return RelativePath(path)?.name == StageFileReader.lockName }
        return Array("schema:".utf8).occurs(in: text)
    }

    private func mergeLocks(_ texts: Texts, _ target: AbsolutePath, _ shown: String) throws {
        let merge = try LockMerge(
            ancestor: texts.ancestor,
            ours: texts.ours,
            theirs: texts.theirs,
            file: shown
        )
        try target.replaceContents(with: merge.bytes)
        if !merge.conflicts.isEmpty {
            throw MergeFailure(file: shown, reason: .stages(merge.conflicts))
        }
    }

    /// What Git itself would do; a result without markers counts only if it can be read.
    private func mergeLines(
        _ texts: Texts,
        _ target: AbsolutePath,
        _ shown: String,
        after error: any Error
    ) throws {
        let merge = try GitTextMerge(
            ancestor: texts.ancestor,
            ours: texts.ours,
            theirs: texts.theirs
        )
        try target.replaceContents(with: merge.bytes)
        let isLock = isLockFile(texts.ours)
        do {
            guard merge.isClean else { throw error }
            if isLock {
                _ = try LockFile(parsing: merge.bytes, file: shown)
            } else {
                _ = try PointerFile(parsing: merge.bytes, file: shown)
            }
        } catch let error as DirectoryListing.MergeConflict {
            throw MergeFailure(file: shown, reason: .files(error.paths.map(\.string)))
        } catch {
            throw MergeFailure(file: shown, reason: .other(error))
        }
    }
}

/// A file whose versions could not be put together; both stand in it between conflict markers.
package struct MergeFailure: Error, Sendable {
    package enum Reason: Sendable {
        /// Stages that both sides ran with different results.
        case stages([String])
        /// Files of a directory that both sides changed.
        case files([String])
        case other(any Error)
    }

    package let file: String
    package let reason: Reason
}

/// Pointers that are no case for a merge of directories.
package enum PointerMergeError: Error, Hashable, Sendable {
    /// They differ in more than content, or name different outputs.
    case differentOptions
    case notDirectories
    case noProject
    /// An import, or several outputs.
    case notAdded
}
