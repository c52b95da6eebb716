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

    /// What became of a task.
    private enum Outcome: Sendable {
        /// With the status that identifies the content from now on; nil if none does yet.
        case made(FileStatus?)
        case failed(any Error)
    }

    /// Files between two records in the state store; bounds what results take in memory.
    private static let filesPerRecord = 16_384

    private let checkout: Checkout
    private let plan: CheckoutPlan
    private let tasks: [Task]
    private let guarding: ChangeGuard
    private let progress: Progress?

    /// Files whose objects are `absent` are left out.
    init(
        checkout: Checkout,
        plan: CheckoutPlan,
        without absent: Set<ObjectName>,
        current: WorkspaceContent?,
        progress: Progress?
    ) {
        self.checkout = checkout
        self.plan = plan
        self.progress = progress
        guarding = ChangeGuard(checkout.options.force ? nil : current)
        let all =
            plan.creates.map { Task(target: $0, current: nil) }
            + (plan.replaces + plan.relinked).map { Task(target: $0.target, current: $0.current) }
        tasks =
            absent.isEmpty
            ? all : all.filter { !absent.contains(ObjectName(plan.target.digest(at: $0.target))) }
    }

    /// Throws `WorkspaceError.failedFiles` at the end if some files could not be made; the others are.
    func restore() throws {
        if plan.isDirectory {
            try forEachFolder { try make($0) }
        } else if !tasks.isEmpty {
            try plan.root.parent.makeDirectories()
        }
        progress?.expect(bytes: 0, items: tasks.count)
        var failures: [FailedFile] = []
        var start = 0
        while start < tasks.count {
            let end = min(start + Self.filesPerRecord, tasks.count)
            failures += try restore(tasks[start..<end])
            start = end
        }
        if !failures.isEmpty {
            throw WorkspaceError.failedFiles(failures.sorted { $0.path < $1.path })
        }
    }

    /// Throws if the way to a file leads through a symbolic link to a folder: nothing is ever written behind one.
    func checkFolders() throws {
        guard plan.isDirectory else { return }
        try forEachFolder { folder in
            guard folder != plan.root, try FileStatus.ifPresent(folder)?.isSymbolicLink == true
            else { return }
            // A link to a file is one of the current files, and goes before the folder is made.
            if try FileStatus.followingIfPresent(folder)?.isDirectory == true {
                throw WorkspaceError.linkInTheWay(folder)
            }
        }
    }

    private func restore(_ tasks: ArraySlice<Task>) throws -> [FailedFile] {
        let clock = checkout.state.clock()
        let batches = try checkout.pool.map(
            count: tasks.count,
            batchSize: 64,
            worker: { checkout.store.makeScratch(progress: progress) },
            body: { scratch, range in
                let outcomes = try range.map {
                    try outcome(of: tasks[tasks.startIndex + $0], scratch, clock)
                }
                progress?.advance(items: range.count)
                return outcomes
            }
        )
        var made: [RestoredEntry] = []
        var failures: [FailedFile] = []
        for (task, outcome) in zip(tasks, batches.joined()) {
            switch outcome {
            case .made(nil): break
            case .made(let status?):
                made.append(RestoredEntry(target: task.target, status: status))
            case .failed(let error):
                failures.append(FailedFile(path: path(of: task), cause: error))
            }
        }
        checkout.state.record(made, of: plan.target, below: plan.root, checkout.store.scheme)
        return failures
    }

    private func path(of task: Task) -> AbsolutePath {
        plan.target.path(at: task.target, below: plan.root)
    }

    /// A failure of one file does not stop the others, unless it would be theirs as well.
    private func outcome(
        of task: Task,
        _ scratch: ObjectScratch,
        _ clock: RecordingClock
    ) throws -> Outcome {
        do {
            return .made(try restore(task, scratch, clock))
        } catch let error as SystemError where error.code == .noSpace {
            throw error
        } catch let error as Interrupted {
            throw error
        } catch {
            return .failed(error)
        }
    }

    private func restore(
        _ task: Task,
        _ scratch: ObjectScratch,
        _ clock: RecordingClock
    ) throws -> FileStatus? {
        let path = path(of: task)
        let name = ObjectName(plan.target.digest(at: task.target))
        if let current = task.current { try guarding.check(path, at: current) }
        var options = RestoreOptions()
        options.isReplacing = try task.current != nil || isDanglingLinkToObject(path)
        options.isExecutable = plan.isExecutable
        options.isKnownGood = { [state = checkout.state] in state.isVerified($0, status: $1) }
        let made = try checkout.store.restore(name, to: path, options: options, scratch: scratch)
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

extension RestoreRun {
    /// Every folder that a task needs, once, parents first.
    private func forEachFolder(_ body: (AbsolutePath) throws -> Void) throws {
        var seen: Set<AbsolutePath> = [plan.root]
        try body(plan.root)
        var last = plan.root
        for task in tasks {
            let folder = path(of: task).parent
            if folder == last { continue }
            last = folder
            try visit(folder, &seen, body)
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

    private func make(_ folder: AbsolutePath) throws {
        let status = try FileStatus.ifPresent(folder)
        // The root may be a link: the user chose to keep the output elsewhere.
        if status?.isSymbolicLink == true, folder != plan.root {
            throw WorkspaceError.linkInTheWay(folder)
        }
        if status == nil { try folder.makeDirectories() }
    }
}

/// A file that a checkout made.
struct RestoredEntry: Sendable {
    /// Place in the target.
    let target: Int
    let status: FileStatus
}

extension StateStore {
    /// Remembers files that a checkout made.
    ///
    /// They are young, and may be recorded all the same. A copy got a modification time of more than a clock tick ago before it
    /// got its name, and still had it when its status was taken: nobody had written until then, and whoever writes later
    /// leaves a later time. The status is from after the naming, which moved the other time.
    func record(
        _ entries: [RestoredEntry],
        of target: FileSet,
        below root: AbsolutePath,
        _ scheme: HashScheme
    ) {
        guard !entries.isEmpty else { return }
        let table = StateTable(scheme)
        withDatabase(isWriting: true) { database throws(StateFailure) in
            try database.write { () throws(StateFailure) in
                for entry in entries {
                    let row = StateRow(target.digest(at: entry.target), entry.status)
                    let path = target.path(at: entry.target, below: root)
                    try database.store(row, key: keys.key(table, path))
                }
            }
        }
    }
}
