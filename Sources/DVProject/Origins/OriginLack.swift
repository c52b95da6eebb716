import DVHashing
import DVObjects
import DVRemotes
import DVReporting
import DVSystem

/// The objects of one output that a store does not have yet, and the attempts to get them.
struct OriginLack {
    /// Where a project of another repository may have objects, in the order of trying.
    enum Place: CaseIterable {
        case cache, remote
    }

    let store: ObjectStore
    private(set) var count = 0
    private var names: [ObjectName]
    private let output: OriginOutput
    private let context: OriginContext
    private var hasRemote = true
    private var failures: [ObjectName: any Error] = [:]

    init(
        _ names: [ObjectName],
        of output: OriginOutput,
        into store: ObjectStore,
        _ context: OriginContext
    ) {
        self.names = names
        self.output = output
        self.store = store
        self.context = context
    }

    func missing() throws -> [ObjectName] { try store.missing(among: names, jobs: context.jobs) }

    func isEmpty() throws -> Bool { try missing().isEmpty }

    /// Forgets what can be read elsewhere.
    mutating func drop(presentIn other: ObjectStore) throws {
        names = try other.missing(among: names, jobs: context.jobs)
    }

    mutating func fetch(from place: Place) throws {
        let scheme = store.scheme
        let settings = output.project.settings
        switch place {
        case .cache:
            guard let cache = output.project.cache, cache != store.root else { return }
            try fetch(from: DirectoryRemote(at: cache, scheme: scheme, layout: .plain))
        case .remote:
            let definition = try settings.remote(boundTo: output.output.options.remote)
            hasRemote = definition != nil
            guard let definition else { return }
            let recorded = output.record.flatMap {
                VersionedOutput(output.path, $0, in: output.project.root)
            }
            try fetch(
                from: try definition.open(scheme: scheme, holding: recorded.map { [$0] } ?? [])
            )
        }
    }

    private mutating func fetch(from remote: any Remote) throws {
        let wanted = try missing()
        let absent = Set(try remote.missing(among: wanted, jobs: context.jobs(with: remote)))
        let present = wanted.filter { !absent.contains($0) }
        guard !present.isEmpty else { return }
        let progress = Progress("Fetching")
        context.reporter.begin(progress)
        defer { progress.finish() }
        progress.expect(bytes: 0, items: present.count)
        let transfer = ObjectTransfer(
            cache: store,
            remote: remote,
            jobs: context.jobs(with: remote),
            progress: progress
        )
        let report = try transfer.move(present, .download)
        count += report.transferred.count
        for failure in report.failures { failures[failure.name] = failure.error }
    }

    /// What nobody gave, by path.
    func problems() throws -> [TransferProblem] {
        try missing().map { name in
            let absence: any Error =
                hasRemote
                ? ObjectError.missing(name)
                : OriginError.noStorage(url: output.project.settings.request.url)
            return TransferProblem(
                path: output.path.relative(to: output.project.root)?.string
                    ?? output.output.written,
                name: name,
                error: failures[name] ?? absence
            )
        }
    }
}
