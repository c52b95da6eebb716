import DVFormats
import DVHashing
import DVPipeline
import DVSystem
import DVWorkspace

/// How `update` works.
package struct UpdateOptions: Sendable {
    /// The branch, tag or commit that imports of repositories follow from now on.
    package var revision: String?
    package var isDownloading: Bool
    /// Sends data of paths straight to a remote.
    package var storage: ImportURLOperation.Storage
    package var jobs: Int?

    package init(
        revision: String? = nil,
        isDownloading: Bool = true,
        storage: ImportURLOperation.Storage = .project,
        jobs: Int? = nil
    ) {
        self.revision = revision
        self.isDownloading = isDownloading
        self.storage = storage
        self.jobs = jobs
    }
}

/// Brings imported data to what its origin has now.
package struct UpdateOperation {
    private let selection: TargetSelection
    private let options: UpdateOptions

    package init(selection: TargetSelection, options: UpdateOptions = UpdateOptions()) {
        self.selection = selection
        self.options = options
    }

    /// All targets are looked up before the first is updated; changes that the cache does not have are never overwritten.
    package func run(in project: Project) throws -> TouchedFiles {
        let collection = try StageCollection.read(project)
        let selected = try selection.resolve(in: collection, of: project)
        let imports = selected.compactMap { target(of: $0.stage, in: collection) }
        let others = selected.map(\.stage).filter { target(of: $0, in: collection) == nil }
        let outputs = try worktreeOutputs(of: others, in: collection, project)
        var recorder = try ImportRecorder(project, try GitBookkeeper(project))
        var worktree = WorktreeUpdate(project, collection, jobs: options.jobs)
        do {
            for entry in imports {
                try Interruption.check()
                try update(entry.target, entry.stage, &recorder, in: project)
            }
            for output in outputs { try worktree.update(output, &recorder) }
        } catch WorkspaceError.unsafeCheckout(let conflicts) {
            throw OriginError.localChanges(conflicts.map { project.display($0.path) })
        }
        try worktree.finish()
        return try recorder.finish()
    }

    /// What may come from a remote whose newest files count; nothing of folders that were named, unless it does.
    private func worktreeOutputs(
        of stages: [Stage],
        in collection: StageCollection,
        _ project: Project
    ) throws -> [TrackedOutput] {
        let selected = stages.map { SelectedStage(stage: $0, part: nil) }
        let outputs = try collection.trackedOutputs(selected, in: project)
            .filter(\.output.options.isPushed)
        let onWorktree = try outputs.filter {
            try WorktreeUpdate(project, collection, jobs: nil).concerns($0)
        }
        if !selection.isRecursive,
            let stage = stages.first(where: { stage in
                !onWorktree.contains { $0.stage.address == stage.address }
            })
        {
            throw OriginError.notAnImport(stage.address)
        }
        guard !onWorktree.isEmpty else { return [] }
        if options.revision != nil { throw Self.unusable("--rev") }
        if !options.isDownloading { throw Self.unusable("--no-download") }
        if case .remote = options.storage { throw Self.unusable("--to-remote") }
        return onWorktree
    }

    private static func unusable(_ option: String) -> OriginError {
        .invalidOptions("\(option) can't be used with worktree update")
    }

    /// Nil for what is no import.
    private func target(
        of stage: Stage,
        in collection: StageCollection
    ) -> (stage: Stage, target: ImportPointer)? {
        guard let file = collection.files[stage.file], case .pointer(let pointer) = file.content,
            stage.isImport, let output = stage.outputs.first
        else { return nil }
        let target = ImportPointer(
            path: output.path,
            file: stage.file,
            pointer: pointer,
            text: file.text
        )
        return (stage, target)
    }

    private func update(
        _ target: ImportPointer,
        _ stage: Stage,
        _ recorder: inout ImportRecorder,
        in project: Project
    ) throws {
        let dependency = target.pointer.dependencies[0]
        if let repository = dependency.repository {
            try update(target, to: repository, &recorder, in: project)
        } else {
            try update(target, fromPlaceOf: dependency, stage, &recorder, in: project)
        }
    }

    // MARK: Repositories

    private func update(
        _ target: ImportPointer,
        to repository: ImportedRepository,
        _ recorder: inout ImportRecorder,
        in project: Project
    ) throws {
        if case .remote = options.storage {
            throw OriginError.notUpdatableOnRemote(project.display(target.file))
        }
        var request = repository
        if let revision = options.revision { request.revision = revision }
        let context = project.originContext(
            pointerIn: target.file.parent,
            jobs: options.jobs
        )
        let origin = try OriginRepository(request, in: context)
        request.lockedRevision = origin.commit.id.hex
        if request == repository, try isUnchanged(target, in: project) {
            return reportUnchanged(target, in: project)
        }
        var updated = target
        updated.pointer.dependencies[0].repository = request
        let path = target.pointer.dependencies[0].recorded.path
        project.reporter.report(
            .answer(updated.announcement("\(path) (\(request.url))", in: project))
        )
        guard options.isDownloading else { return try recorder.write(updated, content: nil) }
        let reader = OriginReader(origin, into: project.cache)
        let content = try reader.bring(try reader.content(at: path))
        try recorder.place(content.record, content.listing, at: target.path, isForced: false)
        try recorder.write(updated, content: content.record)
    }

    /// Whether the workspace has what is recorded, or nothing has to be there.
    private func isUnchanged(_ target: ImportPointer, in project: Project) throws -> Bool {
        guard options.isDownloading else { return true }
        guard let record = target.pointer.outputs.first?.recorded.content else { return false }
        return try project.hasher(scheme: record.scheme).content(at: target.path)?.name
            == record.name
    }

    private func reportUnchanged(_ target: ImportPointer, in project: Project) {
        let name = project.display(target.file)
        project.reporter.report(.answer("'\(name)' didn't change, skipping"))
    }

    // MARK: Paths

    private func place(
        of dependency: PointerDependency,
        _ target: ImportPointer,
        _ stage: Stage,
        in project: Project
    ) throws -> ExternalPath {
        let place = try ExternalPath(
            dependency.recorded.path,
            adding: dependency.placeOptions,
            from: stage.workingDirectory,
            in: project.settings.addresses
        )
        guard let version = options.revision, place.isVersioned else { return place }
        guard dependency.recorded.versions == nil else {
            throw OriginError.invalidOptions(
                "--rev can't be used with '\(project.display(target.file))': a folder has no versions, only its files have"
            )
        }
        return place.at(version: version)
    }

    private func update(
        _ target: ImportPointer,
        fromPlaceOf dependency: PointerDependency,
        _ stage: Stage,
        _ recorder: inout ImportRecorder,
        in project: Project
    ) throws {
        let written = dependency.recorded.path
        let source = try place(of: dependency, target, stage, in: project)
        if case .remote(let name) = options.storage {
            return try recorder.send(source, target, named: written, to: name, jobs: options.jobs)
        }
        guard let current = try source.state(in: project, jobs: options.jobs) else {
            let version = source.isVersioned ? options.revision : nil
            throw OriginError.dependencyMissing(
                source.localPath?.string ?? written + (version.map { "?versionId=\($0)" } ?? "")
            )
        }
        if current.isSame(as: dependency.recorded.state), try isUnchanged(target, in: project) {
            return reportUnchanged(target, in: project)
        }
        project.reporter.report(
            .answer(target.announcement(source.shown(as: written, in: project), in: project))
        )
        guard options.isDownloading else {
            return try recorder.write(target.recording(current), content: nil)
        }
        try recorder.take(source, target, named: written, isForced: false, jobs: options.jobs)
    }
}
