import DVFormats
import DVObjects
import DVPipeline
import DVReporting
import DVSystem

/// Records the data and stages in the workspace as they are.
package struct CommitOperation {
    private let selection: TargetSelection
    private let isForced: Bool
    private let isRelinking: Bool
    private let message: String?
    private let confirm: @Sendable (String) -> Bool

    /// `confirm` is asked before a change is recorded, unless `isForced`; with `message`, pointers and lock files of the
    /// selected stages are committed to Git.
    package init(
        selection: TargetSelection,
        isForced: Bool,
        isRelinking: Bool,
        message: String? = nil,
        confirm: @escaping @Sendable (String) -> Bool
    ) {
        self.selection = selection
        self.isForced = isForced
        self.isRelinking = isRelinking
        self.message = message
        self.confirm = confirm
    }

    /// Throws `ProjectError.changesNotConfirmed` at the first change that is refused; nothing of it is recorded then.
    ///
    /// A part of a directory changes its entries only, so that the rest need not be here. (DVC takes what is not here for removed.)
    package func run(in project: Project) throws -> TouchedFiles {
        if let message { try GitBookkeeper(project).checkCommit(message: message) }
        let collection = try StageCollection.read(project)
        let staleness = Staleness(WorkspaceSource(project, try collection.datasets()))
        let committer = try StageCommitter(
            project,
            collection,
            isRelinking: isRelinking,
            isAnnouncingOnce: true
        )
        let commits = try commits(in: collection, of: project)
        for commit in commits where !isForced {
            let stage = commit.stage
            var reasons = try staleness.reasons(stage, try collection.record(of: stage))
            if let part = commit.part {
                reasons.removeAll { $0.output == part.output.display }
                if let change = try committer.change(in: part) { reasons.append(.output(change)) }
            }
            if let question = CommitQuestion(stage, reasons), !confirm(question.text) {
                throw ProjectError.changesNotConfirmed(stage: stage.address)
            }
        }
        for commit in commits { try committer.commit(commit.stage, only: commit.part) }
        return try committer.finish(committing: message.map { ($0, commits.map(\.stage)) })
    }

    private func commits(
        in collection: StageCollection,
        of project: Project
    ) throws -> [(stage: Stage, part: TrackedOutput?)] {
        var commits: [(stage: Stage, part: TrackedOutput?)] = []
        for selected in try selection.resolve(in: collection, of: project) {
            let part = try selected.part.flatMap { path throws -> TrackedOutput? in
                let tracked = try collection.trackedOutput(holding: path)
                guard let tracked, !tracked.partInside.isEmpty, tracked.output.options.isCached,
                    tracked.record != nil, tracked.output.path.hasPrefix(project.root)
                else { return nil }
                return tracked
            }
            let isKnown = commits.contains {
                $0.stage == selected.stage && ($0.part == nil || $0.part?.part == part?.part)
            }
            if !isKnown { commits.append((selected.stage, part)) }
        }
        return commits
    }
}

extension StaleReason {
    fileprivate var output: String? {
        if case .output(let change) = self { change.path } else { nil }
    }
}

/// What DVC asks before it records a change.
struct CommitQuestion {
    let text: String

    /// Nil if there is nothing to ask: content that only the cache lacks is stored without a question.
    init?(_ stage: Stage, _ reasons: [StaleReason]) {
        var inputs: [String] = []
        var outputs: [String] = []
        var isStageChanged = false
        for reason in reasons {
            switch reason {
            case .dependency(let change): inputs.append(change.path)
            case .dataset(let change): inputs.append(change.path)
            case .parameter(let change): inputs.append(change.file)
            case .parameterFile(let file, _): inputs.append(file)
            case .output(let change) where change.change != .notInCache: outputs.append(change.path)
            case .command: isStageChanged = true
            case .output, .alwaysChanged, .checksum: break
            }
        }
        func list(_ paths: [String]) -> String {
            "[" + paths.map { "'\($0)'" }.joined(separator: ", ") + "]"
        }
        let subject: String
        switch (inputs.isEmpty, outputs.isEmpty) {
        case (false, false):
            subject =
                "dependencies \(list(inputs)) and outputs \(list(outputs)) of \(stage) changed."
        case (false, true): subject = "dependencies \(list(inputs)) of \(stage) changed."
        case (true, false): subject = "outputs \(list(outputs)) of \(stage) changed."
        case (true, true):
            guard isStageChanged else { return nil }
            subject = "'cmd' of \(stage) has changed."
        }
        text = subject + " Are you sure you want to commit it?"
    }
}
