import DVFormats
import DVHashing
import DVObjects
import DVPipeline
import DVReporting
import DVSystem
import DVWorkspace
import Synchronization

/// Records stages as the workspace has them: outputs into the cache, then what names them into pointers and `dvc.lock`.
///
/// Committing is thread-safe. What is recorded becomes visible in the files with `publish`, after the objects are durable.
final class StageCommitter: Sendable {
    /// An output with what is to be recorded of it.
    struct Committed {
        let output: StageOutput
        let record: ContentRecord
        /// What was read, and where: the output, or a part of it.
        let content: WorkspaceContent?
        let path: AbsolutePath
    }

    struct State {
        var locks: [AbsolutePath: LockFile] = [:]
        /// The lock files as they were last read or written, other processes' changes included.
        var files: [AbsolutePath: LockFileState] = [:]
        var pointers: [AbsolutePath: (pointer: PointerFile, text: [UInt8])] = [:]
        /// What is not written yet: stages by lock file, and pointer files.
        var newStages: [AbsolutePath: LockUpdate] = [:]
        var newPointers: Set<AbsolutePath> = []
        /// Results of runs that are not in the run cache yet, and those that are being written.
        var newResults = UnsavedResults()
        var savedResults = UnsavedResults()
        /// The stages that lock files did not have before, by lock file.
        var added: [AbsolutePath: Set<String>] = [:]
        var published: Set<AbsolutePath> = []
        var committed: Set<Stage> = []
        /// The lock files that the user was told about.
        var told: Set<AbsolutePath> = []
        var ignored: [AbsolutePath] = []
        var registered: [(ObjectName, AbsolutePath)] = []
        /// The caches that got objects which are not durable yet.
        var stored: Set<HashScheme> = []
    }

    let project: Project
    private let isRelinking: Bool
    private let isStoring: Bool
    /// Tells of each lock file once instead of once for each stage.
    private let isAnnouncingOnce: Bool
    /// Stages by lock file, in the order in which new ones are to be written, whatever the order of their commits.
    let order: [AbsolutePath: [String]]
    let datasets: ProjectDatasets
    let state: Mutex<State>
    /// Held while files are written, so that an older text never follows a newer one.
    let publishing = Mutex(())

    init(
        _ project: Project,
        _ collection: StageCollection,
        isRelinking: Bool,
        isStoring: Bool = true,
        isAnnouncingOnce: Bool = false,
        order: [Stage] = []
    ) throws {
        self.project = project
        datasets = try collection.datasets()
        self.order = Dictionary(grouping: order) { Self.lockPath(of: $0.file) }
            .mapValues { $0.compactMap(\.name) }
        self.isRelinking = isRelinking
        self.isStoring = isStoring
        self.isAnnouncingOnce = isAnnouncingOnce
        var initial = State()
        for file in collection.files.values {
            switch file.content {
            case .pipeline(_, let lock):
                let path = Self.lockPath(of: file.path)
                initial.locks[path] = lock
                // Only those that stages are to be run of are looked at again.
                guard self.order[path] != nil else { continue }
                initial.files[path] = LockFileState(try FileStatus.ifPresent(path), lock)
            case .pointer(let pointer): initial.pointers[file.path] = (pointer, file.text)
            }
        }
        state = Mutex(initial)
    }

    /// What is recorded now, commits of this committer included.
    func record(of stage: Stage) throws -> StageRecord? {
        try state.withLock { state in
            guard let name = stage.name else {
                return state.pointers[stage.file].map { StageRecord($0.pointer) }
            }
            return try state.locks[Self.lockPath(of: stage.file)]?.stage(named: name).map {
                StageRecord($0)
            }
        }
    }

    /// Hashes and stores the outputs of `stage` and takes its record over; of the directory that `part` is in, that part only.
    ///
    /// Throws `ProjectError.outputMissing`.
    func commit(_ stage: Stage, only part: TrackedOutput? = nil) throws {
        var outputs = stage.outputs
        if let part, stage.name == nil { outputs = [part.output] }
        let old = try record(of: stage)
        let committed = try outputs.map { output in
            guard let part, part.output == output else {
                return try whole(output, of: stage, recordedAs: old?.outputs[output.written])
            }
            return try self.part(part)
        }
        if stage.name == nil {
            recordPointer(stage, committed)
        } else {
            try recordLock(stage, committed)
        }
        state.withLock { state in
            state.committed.insert(stage)
            for entry in committed where isKept(entry.output) {
                state.ignored.append(entry.output.path)
                state.registered.append((entry.record.name, entry.output.path))
                if isStoring { state.stored.insert(entry.record.scheme) }
            }
        }
        for entry in committed where isKept(entry.output) && isStoring {
            guard let content = entry.content else { continue }
            try project.relink(
                content,
                at: entry.path,
                scheme: entry.record.scheme,
                isEnabled: isRelinking
            )
        }
    }

    /// Publishes the rest, keeps `.gitignore` files in step, stages.
    ///
    /// On one thread, at the end. With a message, the records of the stages beside it are committed to Git.
    func finish(committing wanted: (message: String, stages: [Stage])? = nil) throws -> TouchedFiles
    {
        try publish()
        let git = try GitBookkeeper(project, isLazy: wanted == nil)
        var registry = try OutputRegistry(of: project)
        let (published, ignored, registered) = state.withLock {
            ($0.published, $0.ignored, $0.registered)
        }
        for path in published { git.touch(path) }
        try git.ignore(ignored)
        for (name, path) in registered { registry.record(name, at: path) }
        try registry.save()
        for stage in wanted?.stages ?? [] {
            git.touch(stage.name == nil ? stage.file : Self.lockPath(of: stage.file))
        }
        return try git.finish(committing: wanted?.message)
    }

    static func lockPath(of pipeline: AbsolutePath) -> AbsolutePath {
        pipeline.parent.appending(StageFileReader.lockName)
    }

    private func isKept(_ output: StageOutput) -> Bool {
        output.options.isCached && output.path.hasPrefix(project.root)
    }

    /// As in DVC, data that is left to Git keeps a result from the run cache, metrics and plots do not.
    private func isResultKept(of stage: Stage) -> Bool {
        stage.isCacheable(at: project.place)
            && stage.outputs.allSatisfy { $0.options.isCached || $0.kind != .output }
    }

    /// The run cache needs also those outputs that are left to Git.
    private func whole(
        _ output: StageOutput,
        of stage: Stage,
        recordedAs old: ContentRecord?
    ) throws -> Committed {
        let isStored = isKept(output) || isResultKept(of: stage)
        let found = try project.withProgress("Committing") { progress in
            try project.content(
                at: output.path,
                recordedAs: old,
                isStoring: isStored && isStoring,
                progress: progress
            )
        }
        guard let found else { throw ProjectError.outputMissing(output.display) }
        return Committed(
            output: output,
            record: found.record,
            content: found.content,
            path: output.path
        )
    }

    func content(
        at path: AbsolutePath,
        storingIn store: ObjectStore?
    ) throws -> WorkspaceContent? {
        try project.withProgress("Committing") { progress in
            try project.hasher(scheme: .md5, progress: progress).content(
                at: path,
                storingIn: store
            )
        }
    }

    private func recordPointer(_ stage: Stage, _ outputs: [Committed]) {
        state.withLock { state in
            guard var entry = state.pointers[stage.file] else { return }
            let before = entry.pointer
            for new in outputs {
                let index = entry.pointer.outputs.firstIndex {
                    $0.recorded.path == new.output.written
                }
                if let index { entry.pointer.outputs[index].recorded.content = new.record }
            }
            guard entry.pointer != before else { return }
            state.pointers[stage.file] = entry
            state.newPointers.insert(stage.file)
        }
    }

    private func recordLock(_ stage: Stage, _ outputs: [Committed]) throws {
        guard let name = stage.name, var locked = try inputs(of: stage) else { return }
        locked.outputs = outputs.map { RecordedPath(path: $0.output.written, content: $0.record) }
        if isStoring, isResultKept(of: stage) { state.withLock { $0.newResults.add(locked) } }
        let path = Self.lockPath(of: stage.file)
        let isNew = try state.withLock { state in
            let isFirst = state.locks[path]?.isEmpty ?? true
            guard try state.locks[path, default: LockFile()].set(locked, named: name) else {
                return nil as Bool?
            }
            state.newStages[path, default: LockUpdate()].set(locked, named: name)
            return isFirst
        }
        guard let isNew else { return }
        let shown = project.display(path)
        let isTold = state.withLock { !$0.told.insert(path).inserted }
        if isTold, isAnnouncingOnce { return }
        if isNew { project.reporter.report(.answer(ReproduceText.generatingLockFile(shown))) }
        project.reporter.report(.answer(ReproduceText.updatingLockFile(shown)))
    }
}
