import DVFormats
import DVHashing
import DVObjects
import DVRemotes
import DVReporting
import DVSystem

/// Copies from a project without Git: its files as they are, and tracked data that is not among them.
struct WorkspaceExport {
    private let view: WorkspaceView
    private let context: OriginContext

    init(_ view: WorkspaceView, in context: OriginContext) {
        self.view = view
        self.context = context
    }

    /// How many files it copied.
    ///
    /// All appear at once, as in `OriginExport`; the other project stays as it is.
    func write(_ shown: String, to target: AbsolutePath) throws -> Int {
        let browser = view.browser(.everything)
        guard let entry = try browser.entryIfPresent(at: view.path) else {
            throw ProjectError.targetMissing(shown)
        }
        try target.parent.makeDirectories()
        let draft = target.parent.appending(TemporaryFile.uniqueName())
        let fetched = target.parent.appending(TemporaryFile.uniqueName())
        defer {
            try? draft.removeTree()
            try? fetched.removeTree()
        }
        if entry.isFolder { try draft.makeDirectories() }
        let inside =
            try entry.isFolder
            ? browser.allEntries(below: view.path, levels: nil) : [entry.named("")]
        let progress = Progress("Writing")
        context.reporter.begin(progress)
        defer { progress.finish() }
        let files = inside.filter {
            !ProjectBrowser.isProjectFile(RelativePath.empty.appending($0.path).name)
        }
        for file in files {
            let path = draft.appending(file.path)
            try path.parent.makeDirectories()
            try write(view.path.appending(file.path), to: path, fetched, progress)
        }
        try DraftPlacement(draft).put(at: target)
        return files.count
    }

    private func write(
        _ path: RelativePath,
        to target: AbsolutePath,
        _ fetched: AbsolutePath,
        _ progress: Progress
    ) throws {
        let source = view.project.root.appending(path)
        if try FileStatus.followingIfPresent(source)?.isRegular == true {
            return try TreeCopy(progress, jobs: 1).copy(source, to: target)
        }
        guard let output = view.tracked.output(holding: path),
            let name = try view.tracked.file(at: path)?.digest.flatMap({ ObjectName($0) })
        else { return }
        var options = RestoreOptions()
        options.linkTypes = [.reflink, .copy]
        let store = try holder(of: name, output, at: path, fetched)
        _ = try store.restore(name, to: target, options: options, scratch: store.makeScratch())
    }

    /// The cache of the project, or a store that the object was fetched into.
    private func holder(
        of name: ObjectName,
        _ output: (path: RelativePath, content: TrackedContent),
        at path: RelativePath,
        _ fetched: AbsolutePath
    ) throws -> ObjectStore {
        let record = output.content.record
        let scheme = record.scheme
        let cache = view.project.cache(for: scheme)
        if try cache.contains(name) { return cache }
        let store = ObjectStore(at: fetched, scheme: scheme)
        guard let definition = try view.settings.remote(boundTo: output.content.remote) else {
            throw problem(name, at: path, ObjectError.missing(name))
        }
        let remote = try definition.open(
            scheme: scheme,
            holding: [VersionedOutput(output.path, record)]
        )
        guard try remote.missing(among: [name], jobs: 1).isEmpty else {
            throw problem(name, at: path, ObjectError.missing(name))
        }
        let progress = Progress("Fetching")
        let transfer = ObjectTransfer(cache: store, remote: remote, jobs: 1, progress: progress)
        if let failure = try transfer.move([name], .download).failures.first {
            throw problem(name, at: path, failure.error)
        }
        return store
    }

    private func problem(
        _ name: ObjectName,
        at path: RelativePath,
        _ error: any Error
    ) -> ProjectError {
        let problem = TransferProblem(path: path.string, name: name, error: error)
        return .transferFailed(.download, [problem])
    }
}
