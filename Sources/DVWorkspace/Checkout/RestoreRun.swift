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
        /// Whether the executable bit stays, although it is not recorded: only that of an output is.
        var keepsBit = false
    }

    /// What one thread works with.
    private struct Worker {
        let scratch: ObjectScratch
        /// Brings objects that the cache lacks; nil if all are there.
        let supplier: (any ObjectSupplier)?
    }

    private let checkout: Checkout
    private let plan: CheckoutPlan
    private let tasks: [Task]
    private let guarding: ChangeGuard
    private let progress: Progress?

    /// Files whose objects are missing are left out.
    init(
        checkout: Checkout,
        plan: CheckoutPlan,
        current: WorkspaceContent?,
        progress: Progress?
    ) {
        self.checkout = checkout
        self.plan = plan
        self.progress = progress
        guarding = ChangeGuard(checkout.options.force ? nil : current)
        let all =
            plan.creates.map { Task(target: $0, current: nil) }
            + plan.replaces.map { Task(target: $0.target, current: $0.current) }
            + plan.relinked.map { match in
                let isExecutable = current?.status(at: match.current).isExecutable ?? false
                return Task(
                    target: match.target,
                    current: match.current,
                    keepsBit: isExecutable
                )
            }
        let missing = Set(plan.missing.map(\.name))
        tasks =
            missing.isEmpty
            ? all : all.filter { !missing.contains(ObjectName(plan.target.digest(at: $0.target))) }
    }

    /// The files that could not be made, sorted.
    func restore() throws -> [FailedFile] {
        if plan.isDirectory {
            try FolderSteps(plan, tasks.map(\.target)).forEach { try make($0) }
        } else if !tasks.isEmpty {
            try plan.root.parent.makeDirectories()
        }
        progress?.expect(bytes: 0, items: tasks.count)
        let clock = checkout.state.clock()
        let failures = try checkout.pool.map(
            count: tasks.count,
            batchSize: 64,
            worker: { try makeWorker() },
            body: { worker, range in try restore(tasks[range], worker, clock) }
        )
        return failures.flatMap(\.self).sorted { $0.path < $1.path }
    }

    /// Throws if the way to a file leads through a symbolic link to a folder: nothing is ever written behind one.
    func checkFolders() throws {
        guard plan.isDirectory else { return }
        try FolderSteps(plan, tasks.map(\.target)).forEach { folder in
            guard folder != plan.root, try FileStatus.ifPresent(folder)?.isSymbolicLink == true
            else { return }
            // A link to a file is one of the current files, and goes before the folder is made.
            if try FileStatus.followingIfPresent(folder)?.isDirectory == true {
                throw WorkspaceError.linkInTheWay(folder)
            }
        }
    }

    private func make(_ folder: AbsolutePath) throws {
        let status = try FileStatus.ifPresent(folder)
        // The root may be a link: the user chose to keep the output elsewhere.
        if status?.isSymbolicLink == true, folder != plan.root {
            throw WorkspaceError.linkInTheWay(folder)
        }
        if status == nil { try folder.makeDirectories() }
    }

    private func makeWorker() throws -> Worker {
        Worker(
            scratch: checkout.store.makeScratch(progress: progress),
            supplier: plan.isSupplied
                ? try checkout.supply?.makeSupplier(for: checkout.store.scheme) : nil
        )
    }

    /// Makes the files of one batch and remembers them; those that failed.
    private func restore(
        _ batch: ArraySlice<Task>,
        _ worker: Worker,
        _ clock: RecordingClock
    ) throws -> [FailedFile] {
        var made: [RestoredEntry] = []
        made.reserveCapacity(batch.count)
        var failures: [FailedFile] = []
        var readAhead = batch.startIndex
        for (index, task) in zip(batch.indices, batch) {
            if index == readAhead { readAhead += try self.readAhead(batch[index...], worker) }
            let path = plan.target.path(at: task.target, below: plan.root)
            do {
                if let status = try restore(task, at: path, worker, clock) {
                    made.append(RestoredEntry(path: path, status: status, target: task.target))
                }
            } catch let error where !Self.concernsAll(error) {
                failures.append(FailedFile(path: path, cause: error))
            }
        }
        checkout.state.record(made, of: plan.target, checkout.store.scheme)
        progress?.advance(items: batch.count)
        return failures
    }

    /// Reads the objects of the next tasks side by side where that is of use; how many tasks this was about.
    private func readAhead(_ tasks: ArraySlice<Task>, _ worker: Worker) throws -> Int {
        guard tasks.count > 1 else { return tasks.count }
        let names = tasks.map { ObjectName(plan.target.digest(at: $0.target)) }
        guard let supplier = worker.supplier else { return try readAhead(names[...], worker) }
        let isSupplied = plan.isSupplied(tasks[tasks.startIndex].target)
        let equals = names.prefix(
            tasks.prefix { plan.isSupplied($0.target) == isSupplied }.count
        )
        return isSupplied
            ? try supplier.readAhead(equals, scratch: worker.scratch)
            : try readAhead(equals, worker)
    }

    /// The same for objects of the cache.
    private func readAhead(_ names: ArraySlice<ObjectName>, _ worker: Worker) throws -> Int {
        // Links need not read what was verified before.
        guard checkout.store.isCopying else { return names.count }
        return try checkout.store.readAhead(names, scratch: worker.scratch)
    }

    /// Whether no other file could be made either.
    private static func concernsAll(_ error: any Error) -> Bool {
        if case ObjectError.unwritableCache = error { return true }
        return (error as? SystemError)?.code == .noSpace || error is Interrupted
    }

    /// The status that identifies the content from now on; nil if none does yet.
    private func restore(
        _ task: Task,
        at path: AbsolutePath,
        _ worker: Worker,
        _ clock: RecordingClock
    ) throws -> FileStatus? {
        let name = ObjectName(plan.target.digest(at: task.target))
        if let current = task.current { try check(path, at: current, name) }
        if let supplier = worker.supplier, plan.isSupplied(task.target) {
            try supplier.supply(name, scratch: worker.scratch)
        }
        var options = RestoreOptions()
        options.isReplacing = try task.current != nil || isDanglingLinkToObject(path)
        options.isExecutable = plan.isExecutable || task.keepsBit
        options.isKnownGood = { [state = checkout.state] in state.isVerified($0, status: $1) }
        let made = try checkout.store.restore(
            name,
            to: path,
            options: options,
            scratch: worker.scratch
        )
        if let verified = made.verifiedObject {
            checkout.state.remember(verified: name, status: verified, clock: clock)
        }
        switch made.link {
        case .copy, .reflink: return made.isUntouched ? made.status : nil
        case .hardlink:
            return made.isUntouched && clock.canRecordContent(made.status) ? made.status : nil
        case .symlink:
            let status = try FileStatus.following(path)
            return clock.canRecordContent(status) ? status : nil
        }
    }

    /// Throws if the file changed after it was hashed; a link to the wanted object itself cannot lose anything.
    private func check(_ path: AbsolutePath, at index: Int, _ name: ObjectName) throws {
        do {
            try guarding.check(path, at: index)
        } catch let error as SourceError {
            guard try checkout.store.isObject(name, FileStatus.following(path)) else { throw error }
        }
    }

    /// Whether what is at `path` is a symbolic link to an object that was removed from the cache: no data is behind it.
    private func isDanglingLinkToObject(_ path: AbsolutePath) throws -> Bool {
        guard checkout.store.settings.linkTypes.contains(.symlink),
            try FileStatus.ifPresent(path)?.isSymbolicLink == true,
            try FileStatus.followingIfPresent(path) == nil
        else { return false }
        return AbsolutePath(try path.symbolicLinkTarget(), relativeTo: path.parent)
            .hasPrefix(checkout.store.root)
    }
}

/// The folders that some files of a target are in, each once, parents first.
private struct FolderSteps {
    private let plan: CheckoutPlan
    private let targets: [Int]

    init(_ plan: CheckoutPlan, _ targets: [Int]) {
        self.plan = plan
        self.targets = targets
    }

    func forEach(_ body: (AbsolutePath) throws -> Void) throws {
        var seen: Set<AbsolutePath> = [plan.root]
        try body(plan.root)
        var last: Int?
        for target in targets {
            // Files of one folder follow each other, so that few folders are looked at more than once.
            if let last, plan.target.areInOneFolder(last, target) { continue }
            last = target
            try visit(plan.target.path(at: target, below: plan.root).parent, &seen, body)
        }
    }

    private func visit(
        _ folder: AbsolutePath,
        _ seen: inout Set<AbsolutePath>,
        _ body: (AbsolutePath) throws -> Void
    ) throws {
        guard !seen.contains(folder) else { return }
        try visit(folder.parent, &seen, body)
        try body(folder)
        seen.insert(folder)
    }
}

/// A file that a checkout made.
struct RestoredEntry: Sendable {
    let path: AbsolutePath
    let status: FileStatus
    /// Place in the target.
    let target: Int
}

extension StateStore {
    /// Remembers files that a checkout made.
    ///
    /// They are young, and may be recorded all the same. A copy got a modification time of more than a clock tick ago before it
    /// got its name, and still had it when its status was taken: nobody had written until then, and whoever writes later
    /// leaves a later time. The status is from after the naming, which moved the other time.
    func record(_ entries: [RestoredEntry], of target: FileSet, _ scheme: HashScheme) {
        let table = StateTable.files(scheme)
        put(
            entries.map { entry in
                (
                    keys.key(table, entry.path),
                    StateRow(target.digest(at: entry.target), entry.status)
                )
            }
        )
    }
}
