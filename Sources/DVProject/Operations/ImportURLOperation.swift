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
    private let storageOptions: [StorageOption]

    /// `storageOptions` are those of the place, and are recorded.
    package init(
        _ url: String,
        options: ImportOptions = ImportOptions(),
        storage: Storage = .project,
        storageOptions: [StorageOption] = []
    ) {
        self.url = url
        self.options = options
        self.storage = storage
        self.storageOptions = storageOptions
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
            adding: storageOptions,
            from: project.workingDirectory,
            in: project.settings.addresses
        )
        guard source.isVersioned || !storageOptions.contains(where: \.asksForVersions) else {
            throw ProjectError.versions(.unsupportedAddress(url))
        }
        let git = try GitBookkeeper(project)
        var dependency = PointerDependency(path: source.written(as: url, in: path.parent))
        dependency.storageOptions = storageOptions
        var target = try AddPlanner(project, git).planImport(dependency, to: path)
        // Its storage keeps the data.
        if source.isVersioned, options.extent != .pointerOnly {
            target.pointer.outputs[0].options.isPushed = false
        }
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
            return try recorder.send(source, target, named: url, to: name, jobs: options.jobs)
        }
        guard options.extent != .pointerOnly else {
            return try recorder.write(target, content: nil, isComplete: false)
        }
        project.reporter.report(
            .answer(target.announcement(source.shown(as: url, in: project), in: project))
        )
        guard options.extent == .complete else {
            guard let state = try source.state(in: project, jobs: options.jobs) else {
                throw OriginError.dependencyMissing(source.localPath?.string ?? url)
            }
            return try recorder.write(target.recording(state), content: nil)
        }
        try recorder.take(
            source,
            target,
            named: url,
            isForced: options.isForced,
            jobs: options.jobs
        )
    }
}

extension ImportRecorder {
    /// Stores what is at `source`, which its user calls `text`, and puts it into its place.
    mutating func take(
        _ source: ExternalPath,
        _ target: ImportPointer,
        named text: String,
        isForced: Bool,
        jobs: Int?
    ) throws {
        let content = try source.content(
            in: project,
            storingIn: project.cache,
            jobs: jobs,
            named: text
        )
        let record = content.record.withoutMode
        try place(record, content.listing, at: target.path, isForced: isForced)
        try write(target.recording(content.source), content: record)
    }

    /// Sends it to a remote instead, past cache and workspace; the pointer is written when the remote has everything.
    func send(
        _ source: ExternalPath,
        _ target: ImportPointer,
        named text: String,
        to remote: String?,
        jobs: Int?
    ) throws {
        let remote = try project.settings.remote(remote)
        let content = try source.send(to: remote, in: project, jobs: jobs, named: text)
        try write(target.recording(content.source), content: content.record.withoutMode)
    }
}

extension ImportPointer {
    /// With what tells that its source is the same.
    func recording(_ source: SourceState) -> ImportPointer {
        var target = self
        target.pointer.dependencies[0].recorded.state = source
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
