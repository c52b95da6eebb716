import DVFormats
import DVPipeline
import DVSystem

/// What a stage is recorded with besides its outputs.
extension StageCommitter {
    /// The command with its inputs as they are now; nil without a command.
    ///
    /// Throws `ProjectError.dependencyMissing`.
    func inputs(of stage: Stage) throws -> LockedStage? {
        guard let command = stage.command else { return nil }
        let old = try record(of: stage)
        var locked = LockedStage(command: command)
        locked.dependencies = try stage.dependencies.map { dependency in
            if let name = dependency.dataset {
                let lock = try datasets.dataset(named: name).knownState()
                return RecordedPath(path: dependency.written, dataset: lock.value)
            }
            if dependency.isAddress { return try recorded(dependency, old) }
            let found = try project.content(
                at: dependency.path,
                recordedAs: old?.dependencies[dependency.written],
                isStoring: false
            )
            guard let found else { throw ProjectError.dependencyMissing(dependency.display) }
            return RecordedPath(path: dependency.written, content: found.record)
        }
        locked.parameters = try stage.parameters.map(lockedParameters)
        return locked
    }

    private func recorded(
        _ dependency: StageDependency,
        _ old: StageRecord?
    ) throws -> RecordedPath {
        let scheme = old?.dependencies[dependency.written]?.scheme ?? .md5
        guard let state = try project.state(ofAddress: dependency, scheme: scheme) else {
            throw ProjectError.dependencyMissing(dependency.display)
        }
        var recorded = RecordedPath(path: dependency.written)
        recorded.state = state
        return recorded
    }

    private func lockedParameters(_ selection: StageParameters) throws -> LockedParameters {
        guard let bytes = try selection.file.readBytesIfPresent() else {
            throw ProjectError.dependencyMissing(selection.display)
        }
        let root = try ParameterFile.parse(bytes, file: selection.display)
        return LockedParameters(file: selection.written, values: try selection.values(in: root))
    }
}
