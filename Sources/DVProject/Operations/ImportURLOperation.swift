import DVFormats
import DVHashing
import DVObjects
import DVRemotes
import DVSystem
import DVWorkspace

/// Brings files from outside of version control into this project, with a pointer that remembers where they came from.
package struct ImportURLOperation {
    /// Where the data of a command goes instead of cache and workspace.
    package enum Storage: Sendable {
        case project
        /// Straight to a remote, the default one if nil.
        case remote(String?)
    }

    private let url: String
    private let options: ImportOptions
    private let storage: Storage

    package init(
        _ url: String,
        options: ImportOptions = ImportOptions(),
        storage: Storage = .project
    ) {
        self.url = url
        self.options = options
        self.storage = storage
    }

    /// Nothing is written before all of the data is stored.
    package func run(in project: Project) throws -> TouchedFiles {
        let path = try Destination.path(
            for: url,
            out: options.out,
            isForced: options.isForced,
            in: project.workingDirectory
        )
        let source = try ExternalPath(
            url,
            from: project.workingDirectory,
            settings: project.settings
        )
        let git = try GitBookkeeper(project)
        let dependency = PointerDependency(path: source.written(as: url, in: path.parent))
        let target = try AddPlanner(project, git).planImport(dependency, to: path)
        var recorder = try ImportRecorder(project, git)
        try store(source, target, &recorder, in: project)
        return try recorder.finish()
    }

    private func store(
        _ source: ExternalPath,
        _ target: ImportPointer,
        _ recorder: inout ImportRecorder,
        in project: Project
    ) throws {
        if case .remote(let name) = storage {
            let remote = try project.settings.remote(name).openStore()
            let content = try source.content(
                in: project,
                storingIn: remote,
                jobs: options.jobs
            )
            try remote.synchronize()
            let record = content.record().withoutMode
            return try recorder.write(target.recording(content.record()), content: record)
        }
        guard options.extent != .pointerOnly else {
            return try recorder.write(target, content: nil, isComplete: false)
        }
        project.reporter.report(
            .answer(target.announcement(source.shown(as: url, in: project), in: project))
        )
        guard options.extent == .complete else {
            let content = try source.content(in: project, storingIn: nil, jobs: options.jobs)
            return try recorder.write(target.recording(content.record()), content: nil)
        }
        try recorder.take(source, target, isForced: options.isForced, jobs: options.jobs)
    }
}

extension ImportRecorder {
    /// Stores what is at `source` and puts it into its place.
    mutating func take(
        _ source: ExternalPath,
        _ target: ImportPointer,
        isForced: Bool,
        jobs: Int?
    ) throws {
        let content = try source.content(in: project, storingIn: project.cache, jobs: jobs)
        let record = content.record().withoutMode
        var listing: DirectoryListing?
        if case .directory(let tree) = content { listing = tree.listing }
        try place(record, listing, at: target.path, isForced: isForced)
        try write(target.recording(content.record()), content: record)
    }
}

extension ImportPointer {
    /// With what its source holds.
    func recording(_ content: ContentRecord) -> ImportPointer {
        var target = self
        target.pointer.dependencies[0].recorded.content = content
        return target
    }
}

extension ContentRecord {
    /// As DVC records what it copied: the bit that makes a file executable stays behind.
    var withoutMode: ContentRecord {
        var record = self
        record.isExecutable = false
        return record
    }
}

extension ExternalPath {
    /// Throws `OriginError.dependencyMissing` if nothing is there.
    func content(
        in project: Project,
        storingIn store: ObjectStore?,
        jobs: Int?
    ) throws -> WorkspaceContent {
        let content = try project.withProgress("Importing") { progress in
            try project.hasher(scheme: .md5, progress: progress, jobs: jobs).content(
                at: path,
                storingIn: store
            )
        }
        guard let content else { throw OriginError.dependencyMissing(path.string) }
        return content
    }

    /// What a pointer in `folder` says: a path from there if the user wrote one from the working directory.
    func written(as text: String, in folder: AbsolutePath) -> String {
        if text.hasPrefix("remote://") { return text }
        if text.hasPrefix("/") || text.contains("://") { return path.string }
        return path.climbing(from: folder)
    }

    /// As DVC prints it: paths outside of the project in full.
    func shown(as text: String, in project: Project) -> String {
        if text.hasPrefix("remote://") { return text }
        return path.hasPrefix(project.root) ? project.display(path) : path.string
    }
}

extension RemoteDefinition {
    /// The store of a remote in a folder, for data that goes there without the cache.
    func openStore() throws -> ObjectStore {
        DirectoryRemote(at: try directory(), scheme: .md5, layout: try parsedLayout()).store
    }
}
