import DVFormats
import DVHashing
import DVObjects
import DVPipeline
import DVReporting
import DVSystem
import DVWorkspace

/// Hashes and stores outputs, then writes the pointers that name them: objects first and durable, pointers after.
struct OutputRecorder {
    /// Content that was taken, and where it is in the workspace.
    private struct Taken {
        let addition: Addition
        let path: AbsolutePath
        /// Nil for a part that is gone.
        let content: WorkspaceContent?
        /// The cache that got it; nil if none did.
        let store: HashScheme?
    }

    private let project: Project
    private let git: GitBookkeeper
    private let isRelinking: Bool
    private var registry: OutputRegistry
    private var pending: [Taken] = []
    private var pointers: [AbsolutePath: PointerFile] = [:]
    private var edits: [AbsolutePath: DirectoryEdit] = [:]
    /// The caches that got objects which are not durable yet.
    private var stored: Set<HashScheme> = []

    init(_ project: Project, _ git: GitBookkeeper, isRelinking: Bool) throws {
        self.project = project
        self.git = git
        self.isRelinking = isRelinking
        registry = try OutputRegistry(of: project)
    }

    /// Reads the content of an output or a part of it, into the cache if `isStoring`.
    mutating func take(_ addition: Addition, isStoring: Bool) throws {
        let isCopied = addition.source != addition.path
        let source = addition.part?.part ?? addition.source
        let isStored = addition.isCached && (isStoring || isCopied)
        let isWhole = addition.part == nil && !isCopied
        let found = try project.withProgress("Adding") { progress in
            try project.content(
                at: source,
                recordedAs: isWhole ? addition.recorded : nil,
                isStoring: isStored,
                progress: progress
            )
        }
        if let part = addition.part {
            try edit(part, found?.content, of: addition)
        } else {
            guard let found else { throw ProjectError.outputMissing(project.display(source)) }
            if isCopied { try place(found.content, of: addition) }
            record(found.record, of: addition)
        }
        let store = isStored ? found?.record.scheme : nil
        if let store { stored.insert(store) }
        let path = addition.part?.part ?? addition.path
        pending.append(
            Taken(addition: addition, path: path, content: found?.content, store: store)
        )
    }

    /// Puts one entry of a directory into its listing, which is stored even if files are not: nothing else knows the others.
    private mutating func edit(
        _ part: TrackedOutput,
        _ content: WorkspaceContent?,
        of addition: Addition
    ) throws {
        var edit = try edits[addition.path] ?? DirectoryEdit(of: part, in: project)
        try edit.replace(part.part, with: content)
        edits[addition.path] = edit
        if addition.isCached {
            try edit.store()
            stored.insert(.md5)
        }
        if let new = edit.record { record(new, of: addition) }
    }

    private mutating func record(_ content: ContentRecord, of addition: Addition) {
        let place = addition.place
        pointers[addition.pointerPath, default: addition.pointer].outputs[place].recorded.content =
            content
        registry.record(content.name, at: addition.path)
    }

    /// Writes pointers and ignore entries, and links outputs to the cache where links are configured.
    mutating func finish() throws {
        for scheme in stored { try project.cache(for: scheme).synchronize() }
        for taken in pending {
            try write(taken.addition)
            if taken.addition.isCached { try git.ignore(taken.addition.path) }
            if let store = taken.store, let content = taken.content {
                try project.relink(
                    content,
                    at: taken.path,
                    scheme: store,
                    isEnabled: isRelinking
                )
            }
        }
        try registry.save()
        pending = []
    }

    /// Each pointer once, however many additions it has.
    private mutating func write(_ addition: Addition) throws {
        let path = addition.pointerPath
        guard let pointer = pointers.removeValue(forKey: path) else { return }
        let bytes =
            if let text = addition.text {
                try pointer.serializedWithDigest(updating: text, file: project.display(path))
            } else {
                pointer.serialized()
            }
        if bytes != addition.text { try path.replaceContents(with: bytes) }
        git.touch(path)
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
    func relink(
        _ content: WorkspaceContent,
        at path: AbsolutePath,
        scheme: HashScheme = .md5,
        isEnabled: Bool
    ) throws {
        let links: Set<LinkType> = [.hardlink, .symlink]
        guard isEnabled, settings.store.linkTypes.contains(where: links.contains) else { return }
        let target: CheckoutTarget =
            switch content {
            case .file(let entry): .file(content.name, isExecutable: entry.status.isExecutable)
            case .directory(let tree): .directory(tree.listing)
            }
        let checkout = checkout(at: path, scheme: scheme, options: CheckoutOptions(relink: true))
        try checkout.apply(
            try checkout.plan(current: content, target: target),
            current: content
        )
        .throwIfIncomplete()
    }
}
