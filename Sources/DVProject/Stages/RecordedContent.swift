import DVFormats
import DVHashing
import DVReporting
import DVSystem
import DVWorkspace

/// Content of the workspace, and what is to be recorded of it.
struct RecordedContent {
    let content: WorkspaceContent
    let record: ContentRecord
}

extension Project {
    /// Reads what is at `path`, into the cache if `isStoring`; nil if nothing is there.
    ///
    /// What DVC 2 recorded keeps its digest and its place in the cache as long as it is unchanged, as in DVC.
    func content(
        at path: AbsolutePath,
        recordedAs old: ContentRecord?,
        isStoring: Bool,
        progress: Progress? = nil
    ) throws -> RecordedContent? {
        let scheme = try isUnchangedLegacy(old, at: path) ? HashScheme.md5DOS2Unix : .md5
        let content = try hasher(scheme: scheme, progress: progress).content(
            at: path,
            storingIn: isStoring ? cache(for: scheme) : nil
        )
        return content.map { RecordedContent(content: $0, record: $0.record(scheme: scheme)) }
    }

    private func isUnchangedLegacy(_ old: ContentRecord?, at path: AbsolutePath) throws -> Bool {
        guard let old, old.scheme == .md5DOS2Unix else { return false }
        return try hasher(scheme: .md5DOS2Unix).content(at: path)?.name == old.name
    }
}
