import DVFormats
import DVHashing
import DVObjects
import DVPipeline
import DVReporting
import DVSystem
import DVWorkspace

/// The checkout of several outputs: all are planned and checked before the first is changed.
struct CheckoutRun {
    private struct Step {
        let path: AbsolutePath
        let checkout: Checkout
        let plan: CheckoutPlan
        let current: WorkspaceContent?
        /// Nil for data that no pointer names any more, and for parts.
        let name: ObjectName?
        /// The output that the path is a part of.
        var whole: Whole?

        /// Whether it makes or removes a folder.
        var concernsFolder: Bool {
            if plan.kind == .deleted, case .directory? = current { return true }
            return plan.isDirectory
        }
    }

    private struct Whole {
        let path: AbsolutePath
        let isThere: Bool
    }

    private let project: Project
    private let options: CheckoutOptions
    private let supply: RemoteSupply?
    private let listings: [ObjectName: DirectoryListing]
    private var registry: OutputRegistry
    private var steps: [Step] = []
    private var report = CheckoutReport()

    /// With a supply, objects that the cache lacks come from there on the way; `listings` need not be read again.
    init(
        _ project: Project,
        _ options: CheckoutOptions,
        supply: RemoteSupply? = nil,
        listings: [ObjectName: DirectoryListing] = [:]
    ) throws {
        self.project = project
        self.options = options
        self.supply = supply
        self.listings = listings
        registry = try OutputRegistry(of: project)
    }

    mutating func plan(_ outputs: [TrackedOutput]) throws {
        for output in outputs {
            guard let record = output.record else { continue }
            do {
                try plan(output, record)
            } catch ObjectError.missing {
                if options.allowMissing { continue }
                report.failed.append(project.display(output.output.path))
            }
        }
    }

    private mutating func plan(_ output: TrackedOutput, _ record: ContentRecord) throws {
        let target = try target(of: output, record)
        try output.checkWay()
        try planStep(
            at: output.part,
            target,
            scheme: record.scheme,
            name: output.partInside.isEmpty ? record.name : nil,
            whole: output.partInside.isEmpty
                ? nil : Whole(path: output.output.path, isThere: output.output.path.exists())
        )
    }

    private mutating func planStep(
        at path: AbsolutePath,
        _ target: CheckoutTarget,
        scheme: HashScheme,
        name: ObjectName?,
        whole: Whole? = nil
    ) throws {
        let current = try project.withProgress("Hashing") {
            try project.hasher(scheme: scheme, progress: $0).content(at: path)
        }
        let checkout = project.checkout(
            at: path,
            scheme: scheme,
            options: options,
            supply: supply
        )
        let plan = try checkout.plan(current: current, target: target)
        if !options.allowMissing && !plan.missing.isEmpty {
            report.failed.append(project.display(path))
            return
        }
        steps.append(
            Step(
                path: path,
                checkout: checkout,
                plan: plan,
                current: current,
                name: name,
                whole: whole
            )
        )
    }

    private func target(of output: TrackedOutput, _ record: ContentRecord) throws -> CheckoutTarget
    {
        guard record.name.isListing else {
            return .file(record.name, isExecutable: record.isExecutable)
        }
        let listing = try listing(record, of: output.output)
        let inside = output.partInside
        if inside.isEmpty { return .directory(listing) }
        if let index = listing.index(of: inside) {
            return .file(ObjectName(listing.digest(at: index)), isExecutable: false)
        }
        let part = listing.listing(below: inside)
        guard part.count > 0 else {
            throw ProjectError.notInListing(path: output.part, output: output.output.path)
        }
        return .directory(part)
    }

    /// From the cache; if that lacks it, from the workspace, where the directory is as it is recorded.
    private func listing(
        _ record: ContentRecord,
        of output: StageOutput
    ) throws -> DirectoryListing {
        if let known = listings[record.name] { return known }
        do {
            return try project.listing(record)
        } catch {
            let content = try project.hasher(scheme: record.scheme).content(at: output.path)
            guard case .directory(let tree)? = content, tree.name == record.name else {
                throw error
            }
            return tree.listing
        }
    }

    /// Plans the removal of data that dvswift put here for a pointer that is gone, if it is unchanged and in the cache.
    mutating func planStale(besides collection: StageCollection) throws {
        let outputs = Set(collection.stages.flatMap(\.outputs).map(\.path))
        for (relative, name) in registry.outputs {
            let path = project.root.appending(relative)
            guard !outputs.contains(path), !collection.mayHide(path) else { continue }
            registry.forget(path)
            guard collection.graph.outputs(overlapping: path).isEmpty else { continue }
            let current = try project.hasher(scheme: .md5).content(at: path)
            guard let current, current.name == name, try isStored(current) else { continue }
            try planStep(at: path, .nothing, scheme: .md5, name: nil)
        }
    }

    private func isStored(_ content: WorkspaceContent) throws -> Bool {
        let names: [ObjectName] =
            switch content {
            case .file: [content.name]
            case .directory(let tree):
                (0..<tree.count).map { ObjectName(tree.digest(at: $0)) } + [tree.name]
            }
        return try project.cache.missing(among: names, jobs: project.settings.jobs).isEmpty
    }

    /// Throws before anything is changed if data would be lost; files that fail are in the report.
    mutating func apply() throws -> CheckoutReport {
        try refuseLosingData()
        try project.withProgress(supply == nil ? "Checking out" : "Pulling") { progress in
            for step in steps {
                try Interruption.check()
                try prepareFolder(for: step)
                let result = try step.checkout.apply(
                    step.plan,
                    current: step.current,
                    progress: progress
                )
                note(step, result)
            }
        }
        try registry.save()
        report.sort()
        return report
    }

    private func prepareFolder(for step: Step) throws {
        guard let kind = step.plan.kind, kind != .deleted else { return }
        try step.path.parent.makeOutputFolder(below: project.root)
    }

    /// Throws `ProjectError.unsavedFiles` if the cache does not have what would be replaced or removed.
    func refuseLosingData() throws {
        guard !options.force else { return }
        let conflicts = try steps.flatMap { step in
            try step.plan.conflicts(step.checkout.store, project.pool)
        }
        if !conflicts.isEmpty { throw ProjectError.unsavedFiles(conflicts.map(\.path)) }
    }

    private mutating func note(_ step: Step, _ result: CheckoutResult) {
        if let name = step.name { registry.record(name, at: step.path) }
        report.failures += result.failures
        let unmade = result.missing.count + result.failures.count
        report.counts.added += max(0, step.plan.added - unmade)
        report.counts.modified += step.plan.modified
        report.counts.deleted += step.plan.deleted
        let planned = step.plan.added + step.plan.modified + step.plan.deleted
        if unmade > 0, unmade == planned { return }
        guard var kind = step.plan.kind else { return }
        var shown = project.display(step.path) + (step.concernsFolder ? "/" : "")
        // As DVC does: what happens to a part is told of the output.
        if let whole = step.whole {
            shown = project.display(whole.path) + "/"
            kind = whole.isThere ? .modified : .added
        }
        report.note(kind, shown)
    }
}
