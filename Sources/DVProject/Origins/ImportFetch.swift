import DVFormats
import DVHashing
import DVObjects
import DVPipeline
import DVRemotes
import DVSystem

/// Brings the data of imports from where it came from into the cache, if neither the cache nor the own remote has it.
struct ImportFetch {
    private let project: Project
    private let collection: StageCollection
    /// As the user asked; nil means what suits each place.
    private let askedJobs: Int?
    private(set) var count = 0
    private(set) var problems: [TransferProblem] = []

    init(_ project: Project, _ collection: StageCollection, jobs: Int?) {
        self.project = project
        self.collection = collection
        askedJobs = jobs
    }

    private var jobs: Int { askedJobs ?? project.settings.jobs }

    /// The outputs with what is in the cache now; those of which nothing was recorded (`--no-download`) have a record then.
    mutating func fetch(_ outputs: [TrackedOutput]) throws -> [TrackedOutput] {
        var fetched: [TrackedOutput] = []
        for output in outputs {
            guard let dependency = collection.dependency(of: output.stage) else {
                fetched.append(output)
                continue
            }
            fetched.append(try fetch(output, from: dependency))
        }
        return fetched
    }

    private mutating func fetch(
        _ output: TrackedOutput,
        from dependency: PointerDependency
    ) throws -> TrackedOutput {
        guard let repository = dependency.repository else {
            do {
                return try fetch(output, fromPlaceOf: dependency)
            } catch  where error is StorageError || error is ObjectError {
                note(error, of: output)
                return output
            }
        }
        // A pointer that was only written (`--no-exec`) names no version.
        guard output.record != nil || repository.lockedRevision != nil else { return output }
        if let record = output.record, try isComplete(output, record) { return output }
        do {
            return try bring(output, from: repository, path: dependency.recorded.path)
        } catch ProjectError.transferFailed(_, let problems) {
            self.problems += problems
        } catch  where error is OriginError || error is ProjectError {
            note(error, of: output)
        }
        return output
    }

    /// One repository or storage that is gone does not stop the others.
    private mutating func note(_ error: any Error, of output: TrackedOutput) {
        let none = ObjectName(Digest(high: 0, low: 0))
        let path = project.display(output.output.path)
        let name = output.record?.name ?? none
        problems.append(TransferProblem(path: path, name: name, error: error))
    }

    private mutating func bring(
        _ output: TrackedOutput,
        from repository: ImportedRepository,
        path: String
    ) throws -> TrackedOutput {
        let context = project.originContext(pointerIn: output.stage.file.parent, jobs: jobs)
        let origin = try OriginRepository(repository, isLocked: true, in: context)
        if let record = output.record, record.scheme != .md5 {
            try bringLegacy(origin, path: path)
            return output
        }
        let reader = OriginReader(origin, into: project.cache)
        let brought = try reader.bring(
            try reader.content(at: path),
            only: try wanted(output)
        )
        count += reader.count
        return output.recording(output.record ?? brought.record)
    }

    /// An import that DVC 2 made: all of it, under the names that the pointer has.
    private mutating func bringLegacy(_ origin: OriginRepository, path: String) throws {
        let folder = project.cache.root.appending(TemporaryFile.uniqueName())
        defer { try? folder.removeTree() }
        let store = ObjectStore(at: folder, settings: project.cache.settings)
        let reader = OriginReader(origin, into: store)
        let content = try reader.bring(try reader.content(at: path))
        try LegacyNaming(store: store, legacy: project.legacyCache).rename(content)
        count += reader.count
    }

    /// A path of an `import-url` of which nothing was downloaded yet, or whose storage keeps it.
    private mutating func fetch(
        _ output: TrackedOutput,
        fromPlaceOf dependency: PointerDependency
    ) throws -> TrackedOutput {
        if dependency.isVersion { return try fetch(output, versionsOf: dependency) }
        guard output.record == nil, !dependency.isPinned,
            let expected = dependency.recorded.state
        else { return output }
        let written = dependency.recorded.path
        let source = try ExternalPath(
            written,
            adding: dependency.storageOptions,
            from: output.stage.workingDirectory,
            in: project.settings.addresses
        )
        guard try source.isThere() else { return output }
        let content = try source.content(
            in: project,
            storingIn: project.cache,
            jobs: askedJobs,
            named: written
        )
        guard content.source.isSame(as: expected) else { return output }
        count += content.record.fileCount ?? 1
        return output.recording(content.record)
    }

    /// The versions that were imported, whatever is newer.
    private mutating func fetch(
        _ output: TrackedOutput,
        versionsOf dependency: PointerDependency
    ) throws -> TrackedOutput {
        if let record = output.record, try isComplete(output, record) { return output }
        let source = try ExternalPath(
            dependency.recorded.path,
            adding: dependency.placeOptions,
            from: output.stage.workingDirectory,
            in: project.settings.addresses
        )
        guard case .stored(let place) = source,
            let tree = StoredTree(place, as: dependency.recorded)
        else { return output }
        let content = try project.withProgress("Fetching") { progress in
            try StoredReading(tree, jobs: askedJobs, progress).content(storingIn: project.cache)
        }
        if let record = output.record, record.name != content.record.name {
            throw ObjectError.unexpectedContent(
                record.name,
                actual: content.record.name.digest,
                size: content.record.size ?? 0
            )
        }
        count += content.record.fileCount ?? 1
        return output.record == nil ? output.recording(content.record) : output
    }

    private func isComplete(_ output: TrackedOutput, _ record: ContentRecord) throws -> Bool {
        let groups = try UsedObjects([output], in: project).groups
        guard groups.allSatisfy({ !$0.isListingMissing }) else { return false }
        let names = groups.flatMap(\.names)
        return try project.cache(for: record.scheme).missing(among: names, jobs: jobs).isEmpty
    }

    /// The objects of the part that is asked for; nil for all, also while the listing is not there to tell.
    private func wanted(_ output: TrackedOutput) throws -> Set<Digest>? {
        guard output.record != nil else { return nil }
        let groups = try UsedObjects([output], in: project).groups
        guard groups.allSatisfy({ !$0.isListingMissing }) else { return nil }
        return Set(groups.flatMap(\.names).map(\.digest))
    }
}

extension StoredTree {
    /// As it was imported; nil if no versions are recorded.
    init?(_ place: StoragePlace, as recorded: RecordedPath) {
        guard place.isVersioned else { return nil }
        func file(_ path: RelativePath, _ size: Int64?, _ version: String?) -> StoredFile {
            var file = StoredFile(path: path, size: size)
            file.version = version
            return file
        }
        if let versions = recorded.versions {
            let files = versions.map { file(place.path.appending($0.path), $0.size, $0.id) }
            self.init(place, isFolder: true, files.sorted { $0.path < $1.path })
        } else if let mark = recorded.mark, let version = mark.version {
            self.init(place, isFolder: false, [file(place.path, mark.size, version)])
        } else {
            return nil
        }
    }
}

extension TrackedOutput {
    func recording(_ record: ContentRecord) -> TrackedOutput {
        TrackedOutput(stage: stage, output: output, record: record, part: part)
    }
}

extension StageCollection {
    /// Whether another repository has the data, so that it is never pushed.
    func isFromRepository(_ output: TrackedOutput) -> Bool {
        importedRepository(of: output.stage) != nil
    }

    /// Where the data of an import came from.
    func dependency(of stage: Stage) -> PointerDependency? {
        guard case .pointer(let pointer)? = files[stage.file]?.content else { return nil }
        return pointer.dependencies.first
    }
}
