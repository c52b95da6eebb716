import DVFormats
import DVHashing
import DVObjects
import DVReporting
import DVSystem

/// What a checkout could not do.
package struct CheckoutResult: Sendable {
    /// Left out, as `allowMissing` permits.
    package var missing: [MissingObject] = []
    /// Files that could not be made, sorted; the others are, and running again goes on with these.
    package var failures: [FailedFile] = []

    /// Throws `WorkspaceError.failedFiles` if some files could not be made.
    package func throwIfIncomplete() throws {
        if !failures.isEmpty { throw WorkspaceError.failedFiles(failures) }
    }
}

/// Brings a path of the workspace to a target.
///
/// Data that the cache does not have is neither replaced nor removed without force. Each file is either old or new, whenever
/// the process is killed, and running again goes on.
package struct Checkout: Sendable {
    package let root: AbsolutePath
    package let store: ObjectStore
    let state: StateStore
    let pool: WorkerPool
    let options: CheckoutOptions
    let supply: (any ObjectSupply)?

    package init(
        at root: AbsolutePath,
        store: ObjectStore,
        state: StateStore,
        pool: WorkerPool,
        options: CheckoutOptions,
        supply: (any ObjectSupply)? = nil
    ) {
        self.root = root
        self.store = store
        self.state = state
        self.pool = pool
        self.options = options
        self.supply = supply
    }

    package func plan(current: WorkspaceContent?, target: CheckoutTarget) throws -> CheckoutPlan {
        var plan = CheckoutPlan(
            at: root,
            from: current,
            to: target,
            relinks: options.relink ? store.settings.linkTypes : nil
        )
        try plan.findAbsent(in: store, pool, supply)
        return plan
    }

    /// Does what the plan says, after it has made sure that nothing is lost and that everything can be made.
    ///
    /// Throws `WorkspaceError`, `ObjectError`, `SystemError` or `Interrupted`.
    package func apply(
        _ plan: CheckoutPlan,
        current: WorkspaceContent?,
        progress: Progress? = nil
    ) throws -> CheckoutResult {
        if !options.force {
            let conflicts = try plan.conflicts(store, pool)
            if !conflicts.isEmpty { throw WorkspaceError.unsafeCheckout(conflicts) }
        }
        let missing = plan.missing
        if !missing.isEmpty, !options.allowMissing { throw WorkspaceError.missingObjects(missing) }
        let run = RestoreRun(
            checkout: self,
            plan: plan,
            current: current,
            progress: progress
        )
        try run.checkFolders()
        try remove(plan, current)
        return CheckoutResult(missing: missing, failures: try run.restore())
    }

    // MARK: Removal

    private func remove(_ plan: CheckoutPlan, _ content: WorkspaceContent?) throws {
        let guarding = ChangeGuard(content)
        try pool.forEach(count: plan.deletes.count, batchSize: 256) { range in
            for place in range {
                let index = plan.deletes[place]
                let path = plan.current.path(at: index, below: root)
                if !options.force { try guarding.check(path, at: index) }
                try path.removeFile()
            }
        }
        try removeEmptiedFolders(plan)
    }

    /// Folders that hold nothing any more; the root as well unless it is wanted as a folder.
    private func removeEmptiedFolders(_ plan: CheckoutPlan) throws {
        var folders: Set<AbsolutePath> = []
        for index in plan.deletes {
            var folder = plan.current.path(at: index, below: root).parent
            while folder.hasPrefix(root), folder != root, folders.insert(folder).inserted {
                folder = folder.parent
            }
        }
        // Deepest first: a path sorts behind its parents.
        for folder in folders.sorted(by: { $0.string > $1.string }) {
            _ = try folder.removeEmptyDirectory()
        }
        guard !plan.isDirectory, try FileStatus.ifPresent(root)?.isDirectory == true else { return }
        try removeEmptyTree(root)
    }

    /// Removes folders without files.
    ///
    /// A file in one of them (ignored, so not part of the output) stops it.
    private func removeEmptyTree(_ folder: AbsolutePath) throws {
        for name in try folder.childNames() {
            let child = folder.appending(name.string)
            if try FileStatus.ifPresent(child)?.isDirectory == true { try removeEmptyTree(child) }
        }
        _ = try folder.removeEmptyDirectory()
    }
}

/// Notices files that changed after they were hashed, just before they would be replaced or removed.
struct ChangeGuard: Sendable {
    private let content: WorkspaceContent?

    init(_ content: WorkspaceContent?) {
        self.content = content
    }

    /// Throws `SourceError.changedWhileRead` if the file at `index` of the current files is not the one that was hashed.
    func check(_ path: AbsolutePath, at index: Int) throws {
        guard let known = content?.status(at: index) else { return }
        guard let now = try FileStatus.ifPresent(path) else { return }
        let status = now.isSymbolicLink ? try FileStatus.following(path) : now
        let isSame =
            status.inode == known.inode && status.size == known.size
            && status.modified == known.modified
        if !isSame { throw SourceError.changedWhileRead(path) }
    }
}
