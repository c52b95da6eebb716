import DVFormats
import DVSystem

/// What differs between two moments.
package struct FigureDiff: Sendable {
    package typealias FileChanges = (path: AbsolutePath, changes: [FigureComparison.Keyed])

    /// Sorted by path and key.
    package let files: [FileChanges]
    /// All that was read, the workspace too where it was not asked for.
    package let moments: [FigureMoment]
    /// Of the two that are compared, those of which something cannot be had.
    package let incomplete: [String]

    static let nothing = FigureDiff(files: [], moments: [], incomplete: [])
}

/// Two moments to compare.
struct FigurePair {
    let old: String
    let new: String
    /// Whether what is the same is told too.
    let isKeepingEqual: Bool

    /// Throws `ProjectError.unknownRevision`, and `.noHistory` without Git.
    func diff(_ question: FigureQuestion, in project: Project) throws -> FigureDiff {
        let revisions = try FigureRevisions(of: project)
        if try revisions.hasNoCommit { return .nothing }
        var names = [old, new]
        if let index = names.firstIndex(of: FigureMoment.workspaceName) { names.remove(at: index) }
        let moments = try revisions.moments(question, revisions: names)
        let before = moments.first { $0.name == old }
        let after = moments.first { $0.name == new }
        let incomplete = [before, after].compactMap(\.self).filter(\.isIncomplete).map(\.name)
        return FigureDiff(
            files: changes(from: before?.files ?? [], to: after?.files ?? []),
            moments: moments,
            incomplete: old == new ? Array(incomplete.prefix(1)) : incomplete
        )
    }

    private func changes(from old: [FigureFile], to new: [FigureFile]) -> [FigureDiff.FileChanges] {
        let before = Dictionary(old.map { ($0.path, $0.value) }) { $1 }
        let after = Dictionary(new.map { ($0.path, $0.value) }) { $1 }
        let comparison = FigureComparison(isKeepingEqual: isKeepingEqual)
        return Set(before.keys).union(after.keys).sorted().compactMap { path in
            let changes = comparison.changes(from: before[path] ?? nil, to: after[path] ?? nil)
            return changes.isEmpty ? nil : (path, changes)
        }
    }
}
