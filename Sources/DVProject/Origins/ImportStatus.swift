import DVFormats
import DVPipeline
import DVSystem

/// What can be said of the origin of an import.
struct ImportStatus {
    private let stage: Stage
    private let file: StageFile
    private let pointer: PointerFile
    private let dependency: PointerDependency

    /// Nil for what is no import.
    init?(_ stage: Stage, in collection: StageCollection) {
        guard let file = collection.files[stage.file], case .pointer(let pointer) = file.content,
            let dependency = pointer.dependencies.first
        else { return nil }
        self.stage = stage
        self.file = file
        self.pointer = pointer
        self.dependency = dependency
    }

    /// As in DVC, what a frozen import of a path came from is not looked at, unless it follows versions.
    var isHidden: Bool {
        dependency.repository == nil && pointer.isFrozen && !dependency.isVersion
    }

    func reasons(
        _ isLookingForUpdates: Bool,
        in project: Project
    ) throws -> [StaleReason] {
        var reasons: [StaleReason] = []
        if let repository = dependency.repository {
            if isLookingForUpdates, try hasUpdate(repository, in: project) {
                let shown = "\(dependency.recorded.path) (\(repository.url))"
                reasons.append(.dependency(change(.updateAvailable, at: shown)))
            }
        } else if !isHidden, isLookingForUpdates || !pointer.isFrozen,
            let change = try changeOfPath(in: project)
        {
            reasons.append(.dependency(change))
        }
        if try pointer.isEdited(text: file.text, file: project.display(stage.file)) {
            reasons.append(.checksum)
        }
        return reasons
    }

    private func hasUpdate(_ repository: ImportedRepository, in project: Project) throws -> Bool {
        guard let locked = repository.lockedRevision else { return false }
        let context = project.originContext(pointerIn: stage.file.parent)
        return try OriginRepository(repository, in: context).commit.id.hex != locked
    }

    private func changeOfPath(in project: Project) throws -> PathChange? {
        let written = dependency.recorded.path
        let source = try ExternalPath(
            written,
            adding: dependency.placeOptions,
            from: stage.workingDirectory,
            in: project.settings.addresses
        )
        let shown = source.shown(as: written, in: project)
        let recorded = dependency.recorded.state
        let scheme = recorded?.content?.scheme ?? .md5
        guard let state = try source.state(in: project, scheme: scheme) else {
            return change(.deleted, at: shown)
        }
        if state.isSame(as: recorded) { return nil }
        let isFileVersion = dependency.isVersion && dependency.recorded.mark != nil
        return change(isFileVersion ? .updateAvailable : .modified, at: shown)
    }

    private func change(_ change: Change, at shown: String) -> PathChange {
        PathChange(path: shown, change: change, old: dependency.recorded.content, new: nil)
    }
}
