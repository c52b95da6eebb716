import DVFormats
import DVHashing
import DVObjects
import DVPipeline
import DVSystem
import DVWorkspace

/// The data side of running stages: hashes, checks out and commits for the stage engine.
///
/// Thread-safe.
///
/// Every method holds the project's lock, so that other processes wait, but never while a command runs.
struct ReproductionData: StageData {
    let committer: StageCommitter
    private let project: Project
    private let source: WorkspaceSource
    private let stages: [Stage]
    private let makers: [AbsolutePath: (stage: Stage, written: String)]
    /// Results that the cache lacks are fetched.
    private let isPulling: Bool

    init(
        _ project: Project,
        _ committer: StageCommitter,
        _ stages: [Stage],
        isPulling: Bool = false
    ) {
        self.project = project
        self.isPulling = isPulling
        self.committer = committer
        self.stages = stages
        source = WorkspaceSource(project, committer.datasets)
        let outputs = stages.flatMap { stage in
            stage.outputs.map { ($0.path, (stage: stage, written: $0.written)) }
        }
        makers = Dictionary(outputs) { first, _ in first }
    }

    func exists(_ path: AbsolutePath) throws -> Bool {
        try source.exists(path)
    }

    func content(of path: AbsolutePath, scheme: HashScheme) throws -> ContentRecord? {
        try project.lock.hold { try source.content(of: path, scheme: scheme) }
    }

    func state(ofAddress dependency: StageDependency) throws -> SourceState? {
        try source.state(ofAddress: dependency)
    }

    func exists(atAddress dependency: StageDependency) throws -> Bool {
        try source.exists(atAddress: dependency)
    }

    func isInCache(_ record: ContentRecord) throws -> Bool {
        try source.isInCache(record)
    }

    func parameters(in file: AbsolutePath) throws -> DataValue? {
        try source.parameters(in: file)
    }

    func dataset(named name: String) throws -> Dataset {
        try source.dataset(named: name)
    }

    func recordedContent(at path: AbsolutePath) throws -> ContentRecord? {
        guard let maker = makers[path] else { return nil }
        return try committer.record(of: maker.stage)?.outputs[maker.written]
    }

    func maker(of path: AbsolutePath) -> Stage? {
        if let maker = makers[path] { return maker.stage }
        let writers = stages.lazy.filter { $0.outputs.contains { $0.path.overlaps(path) } }
        return writers.first(where: committer.hasCommitted) ?? writers.first
    }

    func record(of stage: Stage) throws -> StageRecord? {
        _ = try refreshRecord(of: stage)
        return try committer.record(of: stage)
    }

    /// Whether another process recorded something new of a stage that this one did not commit.
    private func refreshRecord(of stage: Stage) throws -> Bool {
        if try committer.isRecordRead(of: stage) { return false }
        return try project.lock.hold { try committer.refreshRecord(of: stage) }
    }

    /// Replaces links into the cache by copies, so that a command may change what it finds.
    func makeWritable(_ output: StageOutput) throws {
        guard output.options.isCached else { return }
        try WritableCopies(of: output.path).make()
    }

    func restore(_ outputs: [RecordedOutput], of stage: Stage, isDry: Bool) throws -> Bool {
        var isStored = try outputs.allSatisfy(isRestorable)
        if isPulling, !isStored, !isDry { isStored = try fetch(outputs, of: stage) }
        guard isStored, !isDry else { return isStored }
        try project.lock.hold {
            for recorded in outputs {
                let path = recorded.output.path
                if try !recorded.output.options.isCached && isInPlace(recorded) { continue }
                try project.replace(path, with: recorded.content)
                if !recorded.output.options.isCached { try WritableCopies(of: path).make() }
            }
        }
        return true
    }

    /// In the cache, or left to Git and unchanged.
    private func isRestorable(_ recorded: RecordedOutput) throws -> Bool {
        if try source.isInCache(recorded.content) { return true }
        return try !recorded.output.options.isCached && isInPlace(recorded)
    }

    private func isInPlace(_ recorded: RecordedOutput) throws -> Bool {
        let record = recorded.content
        return try content(of: recorded.output.path, scheme: record.scheme)?.name == record.name
    }

    /// Brings contents into the cache; false if not all could be had.
    private func fetch(_ outputs: [RecordedOutput], of stage: Stage) throws -> Bool {
        let tracked = outputs.map {
            TrackedOutput(stage: stage, output: $0.output, record: $0.content, part: $0.output.path)
        }
        return try project.lock.hold {
            var fetch = FetchRun(project: project, remote: nil, jobs: nil)
            guard fetch.hasRemote else { return false }
            try fetch.fetchListings(of: tracked)
            try fetch.fetch(try UsedObjects(tracked, in: project))
            return fetch.isComplete
        }
    }

    func pull(_ target: PullTarget) throws -> Bool {
        let name: String
        switch target {
        case .stage(let stage): name = stage.address
        case .dependency(let dependency):
            guard makers.keys.contains(where: { dependency.path.hasPrefix($0) }) else {
                return false
            }
            name = dependency.display
        }
        let operation = PullOperation(
            TransferRequest(TargetSelection(targets: [name])),
            checkout: CheckoutOptions()
        )
        return try project.lock.hold {
            do {
                _ = try operation.run(in: project)
                return true
            } catch ProjectError.transferFailed, ProjectError.noRemote {
                return false
            }
        }
    }

    /// Nil if one is missing, which is told when the stage is to run.
    private func presentInputs(of stage: Stage) throws -> LockedStage? {
        do {
            return try committer.inputs(of: stage)
        } catch ProjectError.dependencyMissing, StageError.parametersMissing,
            StageError.parameterAmbiguous
        {
            return nil
        }
    }

    func cachedResult(of stage: Stage) throws -> [String: ContentRecord]? {
        try project.lock.hold {
            guard var wanted = try presentInputs(of: stage) else { return nil }
            wanted.outputs = stage.outputs.map { RecordedPath(path: $0.written, content: nil) }
            guard let result = try committer.newestResult(like: wanted) else { return nil }
            let contents = result.outputs.compactMap { output in
                output.content.map { (output.path, $0) }
            }
            return Dictionary(contents) { first, _ in first }
        }
    }

    func alone<Result>(
        _ stage: Stage,
        _ body: (_ isNews: Bool) throws -> Result
    ) throws -> Result {
        try project.lock.giveUp {
            try project.stageLocks.hold(stage) { hasWaited in
                // DVC writes a record under this lock, after it let go of the stage.
                if hasWaited { try project.lock.hold {} }
                let isRecorded = try refreshRecord(of: stage)
                return try body(hasWaited || isRecorded)
            }
        }
    }

    func commit(_ stage: Stage) throws {
        try project.lock.hold { try committer.commit(stage) }
    }
}

extension Project {
    /// Puts recorded content in place of whatever is at `path`.
    func replace(_ path: AbsolutePath, with record: ContentRecord) throws {
        let checkout = checkout(
            at: path,
            scheme: record.scheme,
            options: CheckoutOptions(force: true)
        )
        let current = try hasher(scheme: record.scheme).content(at: path)
        let plan = try checkout.plan(current: current, target: try target(of: record))
        try path.parent.makeOutputFolder(below: root)
        let result = try checkout.apply(plan, current: current)
        try result.throwIfIncomplete()
    }

    /// What a checkout of recorded content has to produce.
    func target(of record: ContentRecord) throws -> CheckoutTarget {
        record.name.isListing
            ? .directory(try listing(record))
            : .file(record.name, isExecutable: record.isExecutable)
    }
}
