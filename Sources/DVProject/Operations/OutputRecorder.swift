import DVFormats
import DVHashing
import DVObjects
import DVPipeline
import DVReporting
import DVSystem
import DVWorkspace

/// Hashes and stores outputs, then writes the pointers that name them: objects first and durable, pointers after.
struct OutputRecorder {
    private let project: Project
    private let git: GitBookkeeper
    private let isRelinking: Bool
    private var registry: OutputRegistry
    private var pending: [(addition: Addition, content: WorkspaceContent)] = []
    private var hasStored = false

    init(_ project: Project, _ git: GitBookkeeper, isRelinking: Bool) throws {
        self.project = project
        self.git = git
        self.isRelinking = isRelinking
        registry = try OutputRegistry(of: project)
    }

    /// Reads the content of an output, into the cache if `isStoring`.
    mutating func take(_ addition: Addition, isStoring: Bool) throws {
        let isCached = addition.pointer.outputs.first?.options.isCached ?? true
        let isCopied = addition.source != addition.path
        let store = isCached && (isStoring || isCopied) ? project.cache : nil
        let content = try project.withProgress("Adding") { progress in
            try project.hasher(scheme: .md5, progress: progress).content(
                at: addition.source,
                storingIn: store
            )
        }
        guard let content else {
            throw ProjectError.outputMissing(project.display(addition.source))
        }
        if isCopied { try place(content, of: addition) }
        if store != nil { hasStored = true }
        pending.append((addition, content))
    }

    /// Writes pointers and ignore entries, and links outputs to the cache where links are configured.
    mutating func finish() throws {
        if hasStored { try project.cache.synchronize() }
        for (addition, content) in pending {
            try write(addition, content)
            registry.record(content.name, at: addition.path)
            let isCached = addition.pointer.outputs.first?.options.isCached ?? true
            if isCached { try git.ignore(addition.path) }
            if hasStored { try project.relink(content, at: addition.path, isEnabled: isRelinking) }
        }
        try registry.save()
        pending = []
    }

    private func write(_ addition: Addition, _ content: WorkspaceContent) throws {
        var pointer = addition.pointer
        let index = pointer.outputs.firstIndex { $0.recorded.path == addition.path.name } ?? 0
        guard pointer.outputs.indices.contains(index) else { return }
        pointer.outputs[index].recorded.content = content.record()
        let bytes =
            if let text = addition.text {
                try pointer.serializedWithDigest(
                    updating: text,
                    file: project.display(addition.pointerPath)
                )
            } else {
                pointer.serialized()
            }
        if bytes != addition.text { try addition.pointerPath.replaceContents(with: bytes) }
        git.touch(addition.pointerPath)
    }

    /// Puts the stored content of `--out` in its place.
    private func place(_ content: WorkspaceContent, of addition: Addition) throws {
        try addition.path.parent.makeOutputFolder(below: project.root)
        let target: CheckoutTarget =
            switch content {
            case .file(let entry): .file(content.name, isExecutable: entry.status.isExecutable)
            case .directory(let tree): .directory(tree.listing)
            }
        let checkout = project.checkout(at: addition.path, options: CheckoutOptions(force: true))
        let current = try project.hasher(scheme: .md5).content(at: addition.path)
        try checkout.apply(
            try checkout.plan(current: current, target: target),
            current: current
        )
        .throwIfIncomplete()
    }
}

extension Project {
    func checkout(
        at path: AbsolutePath,
        scheme: HashScheme = .md5,
        options: CheckoutOptions = CheckoutOptions(),
        supply: RemoteSupply? = nil
    ) -> Checkout {
        Checkout(
            at: path,
            store: cache(for: scheme),
            state: state,
            pool: supply.map { WorkerPool(jobs: $0.jobs) } ?? pool,
            options: options,
            supply: supply
        )
    }

    /// Replaces the files of an output by links into the cache, if hard or symbolic links are configured.
    func relink(_ content: WorkspaceContent, at path: AbsolutePath, isEnabled: Bool) throws {
        let links: Set<LinkType> = [.hardlink, .symlink]
        guard isEnabled, settings.store.linkTypes.contains(where: links.contains) else { return }
        let target: CheckoutTarget =
            switch content {
            case .file(let entry): .file(content.name, isExecutable: entry.status.isExecutable)
            case .directory(let tree): .directory(tree.listing)
            }
        let checkout = checkout(at: path, options: CheckoutOptions(relink: true))
        try checkout.apply(
            try checkout.plan(current: content, target: target),
            current: content
        )
        .throwIfIncomplete()
    }
}
