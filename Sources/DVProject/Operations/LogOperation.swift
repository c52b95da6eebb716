import DVFormats
import DVGit
import DVHashing
import DVSystem

/// A commit that changed a tracked path.
package struct LogEntry: Sendable {
    package enum Change: String, Sendable {
        case added, modified, deleted
    }

    package let commit: GitCommit
    package let change: Change
    /// The content after the commit; nil for a deletion.
    package let version: TrackedVersion?
}

/// Why there is nothing to say of the past.
package enum HistoryError: Error, Sendable {
    /// Neither tracked nor in Git; `revision` nil means at no commit that was looked at.
    case notTracked(path: String, revision: String?)
    case isDirectory(path: String)
    case noUse(object: String)
}

/// Lists the commits that changed a tracked path, newest first, from Git's objects alone.
package struct LogOperation {
    private let path: String
    private let revision: String
    private let limit: Int?

    package init(path: String, revision: String = "HEAD", limit: Int? = nil) {
        self.path = path
        self.revision = revision
        self.limit = limit
    }

    /// Throws `HistoryError.notTracked` if no commit ever tracked the path.
    package func run(in project: Project) throws -> [LogEntry] {
        let history = try ProjectHistory(of: project)
        let head = try history.commit(named: revision)
        guard let relative = project.path(of: path).relative(to: project.root) else {
            throw HistoryError.notTracked(path: path, revision: nil)
        }
        let past = PathHistory(of: relative, in: history, project)
        if limit == 0 { return [] }
        var entries = try entries(past, history, from: head)
        // Tracked by a file of an unusual name, or from another folder.
        if entries.isEmpty,
            let file = try UnusualStageFile.tracking(relative, history.files(at: head), project)
        {
            past.include(file)
            entries = try self.entries(past, history, from: head)
        }
        if entries.isEmpty { throw HistoryError.notTracked(path: path, revision: nil) }
        return entries
    }

    private func entries(
        _ past: PathHistory,
        _ history: ProjectHistory,
        from head: GitCommit
    ) throws -> [LogEntry] {
        var entries: [LogEntry] = []
        try history.git.forEachCommit(from: [head.id]) { commit in
            try Interruption.check()
            let parents = try commit.parents.compactMap { try history.parent($0) }
            let isUntouched = try parents.contains { try past.isUntouched(commit, since: $0) }
            if !isUntouched, let entry = try entry(commit, parents, past) { entries.append(entry) }
            return entries.count != limit
        }
        return entries
    }

    /// As `git log` does, a merge is shown only if it differs from all its parents.
    private func entry(
        _ commit: GitCommit,
        _ parents: [GitCommit],
        _ past: PathHistory
    ) throws -> LogEntry? {
        let before = try parents.map { try past.state(at: $0) }
        switch try past.state(at: commit) {
        case .unreadable: return nil
        case .absent:
            let isDeleted = !before.isEmpty && before.allSatisfy { $0.version != nil }
            return isDeleted ? LogEntry(commit: commit, change: .deleted, version: nil) : nil
        case .recorded(let version):
            let versions = before.compactMap(\.version)
            if versions.contains(where: version.isSame) { return nil }
            let change: LogEntry.Change = versions.isEmpty ? .added : .modified
            return LogEntry(commit: commit, change: change, version: version)
        }
    }
}

extension PathHistory.State {
    fileprivate var version: TrackedVersion? {
        if case .recorded(let version) = self { version } else { nil }
    }
}

extension ProjectHistory {
    /// Nil where a shallow clone ends.
    func parent(_ id: GitObjectID) throws -> GitCommit? {
        do {
            return try git.commit(id)
        } catch  where error.isNotFound {
            return nil
        }
    }
}

/// Stage files that track what is elsewhere or has another name.
enum UnusualStageFile {
    /// The one that tracks `path`, among all of a revision; files that cannot be read are passed over.
    static func tracking(
        _ path: RelativePath,
        _ files: any ProjectFiles,
        _ project: Project
    ) throws -> RelativePath? {
        let walk = StageFileWalk(
            files,
            ignoring: project.ignoring,
            at: project.place,
            templates: project.settings.templates,
            onUnreadable: { _, _ in }
        )
        let absolute = project.root.appending(path)
        return try walk.stageFiles().first { file in
            file.stages.flatMap(\.outputs).contains { absolute.hasPrefix($0.path) }
        }?
        .path.relative(to: project.root)
    }
}
