import DVFormats
import DVHashing
import DVObjects
import DVPipeline
import DVSystem
import DVWorkspace

/// The pointer of an import, new or as it is.
struct ImportPointer {
    /// Its output in the workspace.
    let path: AbsolutePath
    let file: AbsolutePath
    var pointer: PointerFile
    /// Its bytes; nil for one that is written anew.
    let text: [UInt8]?

    /// What DVC calls the two ends of it.
    func announcement(_ source: String, in project: Project) -> String {
        "Importing '\(source)' -> '\(project.display(path))'"
    }
}

/// Puts imported data into its place and writes the pointers: objects first and durable, pointers after.
struct ImportRecorder {
    let project: Project
    private let git: GitBookkeeper
    private var registry: OutputRegistry

    init(_ project: Project, _ git: GitBookkeeper) throws {
        self.project = project
        self.git = git
        registry = try OutputRegistry(of: project)
    }

    /// Makes the workspace what `record` says; the cache must have all of it.
    ///
    /// Throws `WorkspaceError.unsafeCheckout` unless `isForced`, if data would be lost.
    mutating func place(
        _ record: ContentRecord,
        _ listing: DirectoryListing?,
        at path: AbsolutePath,
        isForced: Bool
    ) throws {
        try path.parent.makeDirectories()
        let target: CheckoutTarget =
            if let listing { .directory(listing) } else {
                .file(record.name, isExecutable: record.isExecutable)
            }
        let checkout = project.checkout(
            at: path,
            scheme: record.scheme,
            options: CheckoutOptions(force: isForced)
        )
        let current = try project.hasher(scheme: record.scheme).content(at: path)
        let plan = try checkout.plan(current: current, target: target)
        try project.withProgress("Checking out") { progress in
            try checkout.apply(plan, current: current, progress: progress).throwIfIncomplete()
        }
        registry.record(record.name, at: path)
    }

    /// Writes the pointer with what is recorded of its output, nil for nothing yet.
    ///
    /// Without `isComplete` nothing was looked at, so that not even the pointer has a digest.
    func write(
        _ target: ImportPointer,
        content: ContentRecord?,
        isComplete: Bool = true
    ) throws {
        if content != nil { try project.cache.synchronize() }
        var pointer = target.pointer
        guard !pointer.outputs.isEmpty else { return }
        pointer.outputs[0].recorded.content = content
        if isComplete { pointer = pointer.withStageDigest() }
        let bytes =
            if let text = target.text {
                try pointer.serialized(updating: text, file: project.display(target.file))
            } else {
                pointer.serialized()
            }
        try target.file.parent.makeDirectories()
        if bytes != target.text { try target.file.replaceContents(with: bytes) }
        git.touch(target.file)
        try git.ignore(target.path)
    }

    func finish() throws -> TouchedFiles {
        try registry.save()
        return try git.finish()
    }
}

extension AddPlanner {
    /// A new pointer for data that comes from `dependency` to `path`; one that tracks the same path is replaced.
    func planImport(_ dependency: PointerDependency?, to path: AbsolutePath) throws -> ImportPointer
    {
        guard path.hasPrefix(project.root) else { throw ProjectError.outputOutsideProject(path) }
        try check(path)
        let file = path.parent.appending(path.name + StageFileReader.pointerSuffix)
        guard try !git.isIgnored(file) else {
            throw ProjectError.ignoredStageFile(project.display(file))
        }
        if dependency == nil, let known = plainPointer(file, of: path) { return known }
        var pointer = PointerFile(outputs: [PointerOutput(RecordedPath(path: path.name))])
        if let dependency {
            pointer.dependencies = [dependency]
            pointer.isFrozen = true
        }
        _ = try collection.replacing(
            StageFile(
                path: file,
                text: [],
                content: .pointer(pointer),
                stages: [Stage(pointer, in: file, at: project.place)]
            )
        )
        return ImportPointer(path: path, file: file, pointer: pointer, text: nil)
    }

    /// The pointer that tracks `path` already, if that came from nowhere else.
    private func plainPointer(_ file: AbsolutePath, of path: AbsolutePath) -> ImportPointer? {
        guard let known = collection.files[file], case .pointer(let pointer) = known.content,
            pointer.dependencies.isEmpty, known.stages.first?.outputs.map(\.path) == [path]
        else { return nil }
        return ImportPointer(path: path, file: file, pointer: pointer, text: known.text)
    }
}
