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
        let imports = try selected.compactMap { try target(of: $0.stage, in: collection, project) }
        var recorder = try ImportRecorder(project, try GitBookkeeper(project))
        for entry in imports {
            try Interruption.check()
            do {
                try update(entry.target, entry.stage, &recorder, in: project)
            } catch WorkspaceError.unsafeCheckout(let conflicts) {
                throw OriginError.localChanges(conflicts.map { project.display($0.path) })
            }
        }
        return try recorder.finish()
    }

    /// Nil for what is no import, if a folder was named.
    private func target(
        of stage: Stage,
        in collection: StageCollection,
        _ project: Project
    ) throws -> (stage: Stage, target: ImportPointer)? {
        guard let file = collection.files[stage.file], case .pointer(let pointer) = file.content,
            stage.isImport, let output = stage.outputs.first
        else {
            if selection.isRecursive { return nil }
            throw OriginError.notAnImport(stage.address)
        }
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

    private func update(
        _ target: ImportPointer,
        fromPlaceOf dependency: PointerDependency,
        _ stage: Stage,
        _ recorder: inout ImportRecorder,
        in project: Project
    ) throws {
        let written = dependency.recorded.path
        let source = try ExternalPath(
            written,
            adding: dependency.storageOptions,
            from: stage.workingDirectory,
            in: project.settings.addresses
        )
        if case .remote(let name) = options.storage {
            return try recorder.send(source, target, named: written, to: name, jobs: options.jobs)
        }
        guard let current = try source.state(in: project, jobs: options.jobs) else {
            throw OriginError.dependencyMissing(source.localPath?.string ?? written)
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
