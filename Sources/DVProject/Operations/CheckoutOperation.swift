import DVFormats
import DVHashing
import DVObjects
import DVPipeline
import DVReporting
import DVSystem
import DVWorkspace

/// Brings outputs in the workspace to what is recorded of them.
package struct CheckoutOperation {
    private let selection: TargetSelection
    private let options: CheckoutOptions

    package init(selection: TargetSelection, options: CheckoutOptions) {
        self.selection = selection
        self.options = options
    }

    /// Nothing is changed if any output holds data that would be lost.
    ///
    /// Outputs that the cache lacks are reported, not touched.
    package func run(in project: Project) throws -> CheckoutReport {
        let collection = try StageCollection.read(project)
        let selected = try selection.resolve(in: collection, of: project)
        let outputs = try collection.trackedOutputs(selected, in: project)
        var run = try CheckoutRun(project, options)
        try run.plan(outputs)
        if selection.targets.isEmpty { try run.planStale(besides: collection) }
        return try run.apply()
    }
}

/// The checkout of several outputs: all are planned and checked before the first is changed.
private struct CheckoutRun {
    private struct Step {
        let path: AbsolutePath
        let checkout: Checkout
        let plan: CheckoutPlan
        let current: WorkspaceContent?
        /// Nil for data that no pointer names any more.
        let name: ObjectName?

        /// Whether it makes or removes a folder.
        var concernsFolder: Bool {
            if plan.kind == .deleted, case .directory? = current { return true }
            return plan.isDirectory
        }
    }

    private let project: Project
    private let options: CheckoutOptions
    private var registry: OutputRegistry
    private var steps: [Step] = []
    private var report = CheckoutReport()

    init(_ project: Project, _ options: CheckoutOptions) throws {
        self.project = project
        self.options = options
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
        try checkWay(to: output)
        try planStep(
            at: output.part,
            target,
            scheme: record.scheme,
            name: output.partInside.isEmpty ? record.name : nil
        )
    }

    /// Throws if the way from an output to its wanted part leads through a symbolic link to a folder, and so out of what is tracked.
    private func checkWay(to output: TrackedOutput) throws {
        var folder = output.part
        while folder != output.output.path {
            if try FileStatus.ifPresent(folder)?.isSymbolicLink == true,
                try FileStatus.followingIfPresent(folder)?.isDirectory == true
            {
                throw WorkspaceError.linkInTheWay(folder)
            }
            folder = folder.parent
        }
    }

    private mutating func planStep(
        at path: AbsolutePath,
        _ target: CheckoutTarget,
        scheme: HashScheme,
        name: ObjectName?
    ) throws {
        let store = project.cache(for: scheme)
        let current = try project.withProgress("Hashing") {
            try project.hasher(scheme: scheme, progress: $0).content(at: path)
        }
        let checkout = project.checkout(at: path, scheme: scheme, options: options)
        let plan = checkout.plan(current: current, target: target)
        if try !options.allowMissing && !plan.missing(store).isEmpty {
            report.failed.append(project.display(path))
            return
        }
        steps.append(Step(path: path, checkout: checkout, plan: plan, current: current, name: name))
    }

    private func target(of output: TrackedOutput, _ record: ContentRecord) throws -> CheckoutTarget
    {
        guard record.name.isListing else {
            return .file(record.name, isExecutable: record.isExecutable)
        }
        let listing = try project.listing(record)
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

    /// Plans the removal of data that dvswift put here for a pointer that is gone, if it is unchanged and in the cache.
    mutating func planStale(besides collection: StageCollection) throws {
        let outputs = Set(collection.stages.flatMap(\.outputs).map(\.path))
        for (relative, name) in registry.outputs {
            let path = project.root.appending(relative)
            guard !outputs.contains(path) else { continue }
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
                tree.listing.indices.map { ObjectName(tree.digest(at: $0)) } + [tree.name]
            }
        return try project.cache.missing(among: names, jobs: project.settings.jobs).isEmpty
    }

    mutating func apply() throws -> CheckoutReport {
        try refuseLosingData()
        try project.withProgress("Checking out") { progress in
            for step in steps {
                try Interruption.check()
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

    private func refuseLosingData() throws {
        guard !options.force else { return }
        let conflicts = try steps.flatMap { try $0.plan.conflicts($0.checkout.store) }
        if !conflicts.isEmpty { throw ProjectError.unsavedFiles(conflicts.map(\.path)) }
    }

    private mutating func note(_ step: Step, _ result: CheckoutResult) {
        if let name = step.name { registry.record(name, at: step.path) }
        report.counts.added += max(0, step.plan.added - result.missing.count)
        report.counts.modified += step.plan.modified
        report.counts.deleted += step.plan.deleted
        let planned = step.plan.added + step.plan.modified + step.plan.deleted
        if !result.missing.isEmpty, result.missing.count == planned { return }
        let shown = project.display(step.path) + (step.concernsFolder ? "/" : "")
        switch step.plan.kind {
        case .added: report.added.append(shown)
        case .modified: report.modified.append(shown)
        case .deleted: report.deleted.append(shown)
        case nil: break
        }
    }
}
