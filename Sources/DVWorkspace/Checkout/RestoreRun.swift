import DVFormats
import DVHashing
import DVObjects
import DVReporting
import DVSystem

/// The writing half of a checkout: makes folders, restores objects, remembers what it made.
struct RestoreRun: Sendable {
    /// One file to make.
    private struct Task: Sendable {
        /// Place in the target.
        let target: Int
        /// Place in the current files; nil where nothing is to be replaced.
        let current: Int?
    }

    private let checkout: Checkout
    private let plan: CheckoutPlan
    private let progress: Progress?

    init(checkout: Checkout, plan: CheckoutPlan, progress: Progress?) {
        self.checkout = checkout
        self.plan = plan
        self.progress = progress
    }

    /// Files whose objects are `absent` are left out.
    func restore(without absent: Set<ObjectName>, current: WorkspaceContent?) throws {
        let tasks = tasks(without: absent)
        if plan.isDirectory { try makeFolders(for: tasks) }
        guard !tasks.isEmpty else { return }
        progress?.expect(bytes: 0, items: tasks.count)
        let guarding = ChangeGuard(checkout.options.force ? nil : current)
        let clock = checkout.state.clock()
        let batches = try checkout.pool.map(
            count: tasks.count,
            batchSize: 64,
            worker: { checkout.store.makeScratch(progress: progress) },
            body: { scratch, range in
                let made = try tasks[range].map { try restore($0, guarding, scratch, clock) }
                progress?.advance(items: range.count)
                return made
            }
        )
        checkout.state.record(restored: batches.joined(), scheme: checkout.store.scheme)
    }

    private func tasks(without absent: Set<ObjectName>) -> [Task] {
        let all =
            plan.creates.map { Task(target: $0, current: nil) }
            + (plan.replaces + plan.relinked).map { Task(target: $0.target, current: $0.current) }
        if absent.isEmpty { return all }
        return all.filter { !absent.contains(ObjectName(plan.target.digest(at: $0.target))) }
    }

    private func restore(
        _ task: Task,
        _ guarding: ChangeGuard,
        _ scratch: ObjectScratch,
        _ clock: RecordingClock
    ) throws -> RestoredEntry {
        let path = plan.target.path(at: task.target, below: plan.root)
        let name = ObjectName(plan.target.digest(at: task.target))
        if let current = task.current { try guarding.check(path, at: current) }
        var options = RestoreOptions()
        options.isReplacing = task.current != nil
        options.isExecutable = plan.isExecutable
        options.isKnownGood = { [state = checkout.state] in state.isVerified($0, status: $1) }
        let made = try checkout.store.restore(name, to: path, options: options, scratch: scratch)
        if let verified = made.verifiedObject {
            checkout.state.remember(verified: name, status: verified, clock: clock)
        }
        return RestoredEntry(path: path, digest: name.digest, status: made.status)
    }

    /// Every folder that a task needs, once, parents first; a symbolic link on the way is an error, never followed.
    private func makeFolders(for tasks: [Task]) throws {
        var made: Set<AbsolutePath> = []
        try makeFolder(plan.root, &made)
        var last = plan.root
        for task in tasks {
            let folder = plan.target.path(at: task.target, below: plan.root).parent
            if folder == last { continue }
            last = folder
            try makeFolder(folder, &made)
        }
    }

    private func makeFolder(_ folder: AbsolutePath, _ made: inout Set<AbsolutePath>) throws {
        guard !made.contains(folder) else { return }
        if folder != plan.root { try makeFolder(folder.parent, &made) }
        let status = try FileStatus.ifPresent(folder)
        // The root may be a link: the user chose to keep the output elsewhere.
        if status?.isSymbolicLink == true, folder != plan.root {
            throw WorkspaceError.linkInTheWay(folder)
        }
        if status == nil { try folder.makeDirectories() }
        made.insert(folder)
    }
}

/// A file that a checkout made.
struct RestoredEntry: Sendable {
    let path: AbsolutePath
    let digest: Digest
    let status: FileStatus
}

extension StateStore {
    /// Remembers files that a checkout made.
    ///
    /// They are young, and may be recorded all the same: their modification time was set back by more than a clock tick
    /// before they got their names, so that any later change of their content shows in that time.
    func record(restored entries: some Sequence<RestoredEntry>, scheme: HashScheme) {
        let table = StateTable(scheme)
        withDatabase(isWriting: true) { database throws(StateFailure) in
            try database.write { () throws(StateFailure) in
                for entry in entries where entry.status.isRegular {
                    let row = StateRow(entry.digest, entry.status)
                    try database.store(row, key: keys.key(table, entry.path))
                }
            }
        }
    }
}
