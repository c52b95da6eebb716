import DVFormats
import DVSystem

/// Decides whether a stage is up to date.
///
/// Reads nothing itself and asks its source only for what the decision needs.
package struct Staleness<Source: ContentSource>: Sendable {
    private let source: Source
    private let allowsMissing: Bool

    /// `allowsMissing`: data that is only absent does not make a stage stale.
    package init(_ source: Source, allowsMissing: Bool = false) {
        self.source = source
        self.allowsMissing = allowsMissing
    }

    /// Everything that differs, in the order in which `dvc status` lists it.
    ///
    /// A frozen stage's inputs are not looked at.
    package func reasons(_ stage: Stage, _ record: StageRecord?) throws -> [StaleReason] {
        var reasons: [StaleReason] = []
        if !stage.isFrozen {
            for dependency in stage.dependencies {
                try reasons += optional(reason(of: dependency, record))
            }
            for selection in stage.parameters {
                try reasons += changes(in: selection, of: stage, record)
            }
        }
        for output in stage.outputs {
            try reasons += optional(change(of: output, record)).map { .output($0) }
        }
        if stage.isCallback || stage.isAlwaysChanged { reasons.append(.alwaysChanged) }
        return reasons + optional(commandChange(stage, record))
    }

    /// The first reason in the order of least cost: command, dependencies, outputs; nil if up to date.
    package func firstReason(_ stage: Stage, _ record: StageRecord?) throws -> StaleReason? {
        if let reason = commandChange(stage, record) { return reason }
        if let reason = try firstInputReason(stage, record) { return reason }
        for output in stage.outputs {
            guard let change = try change(of: output, record), !isForgiven(change) else { continue }
            return .output(change)
        }
        return nil
    }

    /// Whether the record's command and inputs are still true, so that recorded outputs may stand for a run.
    package func hasRecordedInputs(_ stage: Stage, _ record: StageRecord) throws -> Bool {
        guard commandChange(stage, record) == nil else { return false }
        for dependency in stage.dependencies where try reason(of: dependency, record) != nil {
            return false
        }
        for selection in stage.parameters
        where try !changes(in: selection, of: stage, record).isEmpty {
            return false
        }
        return true
    }

    private func firstInputReason(_ stage: Stage, _ record: StageRecord?) throws -> StaleReason? {
        if stage.isFrozen { return nil }
        if stage.isCallback || stage.isAlwaysChanged { return .alwaysChanged }
        for dependency in stage.dependencies {
            guard let reason = try reason(of: dependency, record) else { continue }
            if case .dependency(let change) = reason, isForgiven(change),
                try isStillRecorded(dependency, change)
            {
                continue
            }
            return reason
        }
        for selection in stage.parameters {
            if let reason = try changes(in: selection, of: stage, record).first { return reason }
        }
        return nil
    }

    private func isForgiven(_ change: PathChange) -> Bool {
        allowsMissing && (change.change == .deleted || change.change == .notInCache)
    }

    /// Whether the stage that makes an absent dependency records what was used; data of unknown origin is taken for the same.
    private func isStillRecorded(
        _ dependency: StageDependency,
        _ change: PathChange
    ) throws -> Bool {
        guard let recorded = try source.recordedContent(at: dependency.path) else { return true }
        return recorded.name == change.old?.name
    }

    private func commandChange(_ stage: Stage, _ record: StageRecord?) -> StaleReason? {
        guard let record, record.command != stage.command else { return nil }
        return .command(old: record.command, new: stage.command)
    }

    private func change(of output: StageOutput, _ record: StageRecord?) throws -> PathChange? {
        let old = record?.outputs[output.written]
        if let old, output.options.isCached, try !source.isInCache(old) {
            return PathChange(path: output.display, change: .notInCache, old: old, new: nil)
        }
        return try change(at: output.path, display: output.display, old)
    }

    private func reason(
        of dependency: StageDependency,
        _ record: StageRecord?
    ) throws -> StaleReason? {
        if let name = dependency.dataset {
            return try change(ofDataset: name, dependency, record).map { .dataset($0) }
        }
        if dependency.isAddress {
            return try change(atAddress: dependency, record).map { .dependency($0) }
        }
        let old = record?.dependencies[dependency.written]
        return try change(at: dependency.path, display: dependency.display, old)
            .map { .dependency($0) }
    }

    private func change(
        atAddress dependency: StageDependency,
        _ record: StageRecord?
    ) throws -> PathChange? {
        let content = record?.dependencies[dependency.written]
        let mark = record?.marks[dependency.written]
        func change(_ change: Change, new: SourceState? = nil) -> PathChange {
            PathChange(path: dependency.display, change: change, old: content, new: new?.content)
        }
        guard content != nil || mark != nil else {
            return change(try source.exists(atAddress: dependency) ? .modified : .deleted)
        }
        guard let new = try source.state(ofAddress: dependency) else { return change(.deleted) }
        let old = content.map(SourceState.content) ?? mark.map(SourceState.mark)
        return new.isSame(as: old) ? nil : change(.modified, new: new)
    }

    private func change(
        ofDataset name: String,
        _ dependency: StageDependency,
        _ record: StageRecord?
    ) throws -> DatasetChange? {
        let old = record?.datasets[dependency.written].flatMap { DatasetLock($0) }
        let new = try source.dataset(named: name).lock
        if let new, new == old { return nil }
        let change = new == nil ? Change.notInSync : old == nil ? .new : .modified
        return DatasetChange(path: dependency.display, change: change, old: old, new: new)
    }

    /// Where nothing is recorded, being there is enough to be modified: nothing is hashed.
    private func change(
        at path: AbsolutePath,
        display: String,
        _ old: ContentRecord?
    ) throws -> PathChange? {
        guard try source.exists(path) else {
            return PathChange(path: display, change: .deleted, old: old, new: nil)
        }
        guard let old else {
            return PathChange(path: display, change: .modified, old: nil, new: nil)
        }
        guard let new = try source.content(of: path, scheme: old.scheme) else {
            return PathChange(path: display, change: .deleted, old: old, new: nil)
        }
        if new.name == old.name, new.scheme == old.scheme { return nil }
        return PathChange(path: display, change: .modified, old: old, new: new)
    }

    private func changes(
        in selection: StageParameters,
        of stage: Stage,
        _ record: StageRecord?
    ) throws -> [StaleReason] {
        guard try source.exists(selection.file) else {
            return [.parameterFile(selection.display, .deleted)]
        }
        // Before the file is read: one that cannot be is told when the stage runs.
        guard let old = record?.parameters[selection.written] else {
            return [.parameterFile(selection.display, .new)]
        }
        guard let root = try source.parameters(in: selection.file) else {
            return [.parameterFile(selection.display, .deleted)]
        }
        let new = root.values(atDottedKeys: selection.keys)
        let keys = selection.keys.isEmpty ? wholeFileKeys(root, old) : selection.keys
        return keys.compactMap { key in
            guard let change = change(from: old[key], to: new[key]) else { return nil }
            return .parameter(
                ParameterChange(
                    file: selection.display,
                    key: key,
                    change: change,
                    old: old[key],
                    new: new[key]
                )
            )
        }
    }

    private func change(from old: DataValue?, to new: DataValue?) -> Change? {
        guard let new else { return .deleted }
        guard let old else { return .new }
        return new == old ? nil : .modified
    }

    /// The keys at the top of the file, then those only recorded, sorted.
    private func wholeFileKeys(_ current: DataValue, _ old: [String: DataValue]) -> [String] {
        let top = current.topValues.map(\.key)
        return top + Set(old.keys).subtracting(top).sorted()
    }

    private func optional<Value>(_ value: Value?) -> [Value] { value.map { [$0] } ?? [] }
}
