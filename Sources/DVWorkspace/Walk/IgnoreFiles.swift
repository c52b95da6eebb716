import DVFormats
import DVSystem
import Synchronization

/// The `.dvcignore` files of a project, each read when a folder below it is first asked for.
///
/// Make one per command.
package final class IgnoreFiles: Sendable {
    package static let name = ".dvcignore"

    package let projectRoot: AbsolutePath
    private let read: @Sendable (RelativePath) throws -> [UInt8]?
    private let known = Mutex<[RelativePath: IgnoreRules]>([:])

    /// `read` gives the content of a file, nil if there is none; the files of the workspace by default.
    package init(
        projectRoot: AbsolutePath,
        read: (@Sendable (RelativePath) throws -> [UInt8]?)? = nil
    ) {
        self.projectRoot = projectRoot
        self.read = read ?? { try projectRoot.appending($0).readBytesIfPresent() }
    }

    /// The rules for what lies in `folder`: those of every `.dvcignore` from the project's root down to it.
    ///
    /// Throws `SystemError` or `FormatError`.
    package func rules(for folder: RelativePath) throws -> IgnoreRules {
        if let rules = known.withLock({ $0[folder] }) { return rules }
        let above = folder.isEmpty ? IgnoreRules() : try rules(for: folder.parent)
        let rules = try adding(to: above, in: folder)
        known.withLock { $0[folder] = rules }
        return rules
    }

    /// Whether `path`, or a folder above it, is left out; the project's root never is.
    package func isIgnored(_ path: RelativePath, isDirectory: Bool) throws -> Bool {
        guard !path.isEmpty else { return false }
        return try rules(for: path.parent).isIgnored(path, isDirectory: isDirectory)
    }

    /// DVC does not read a `.dvcignore` that is itself left out.
    private func adding(to above: IgnoreRules, in folder: RelativePath) throws -> IgnoreRules {
        let path = folder.appending(Self.name)
        guard let bytes = try read(path),
            !above.isIgnored(path, isDirectory: false)
        else { return above }
        return try above.adding(IgnoreFile(parsing: bytes, file: path.string), in: folder)
    }
}
