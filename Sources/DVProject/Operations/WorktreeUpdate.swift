import DVFormats
import DVHashing
import DVObjects
import DVRemotes
import DVReporting
import DVSystem

/// Brings outputs to what a remote with `worktree` has now under their paths, whoever put it there.
struct WorktreeUpdate {
    private let project: Project
    private let jobs: Int?
    private var records: VersionRecorder

    init(_ project: Project, _ collection: StageCollection, jobs: Int?) {
        self.project = project
        self.jobs = jobs
        records = VersionRecorder(project: project, collection: collection)
    }

    /// Whether the output belongs to such a remote.
    func concerns(_ output: TrackedOutput) throws -> Bool {
        do {
            return try project.settings.remote(name(of: output)).isWorktree
        } catch ProjectError.noRemote {
            return false
        }
    }

    /// Changes in the workspace that the cache does not have are never overwritten.
    mutating func update(_ output: TrackedOutput, _ placing: inout ImportRecorder) throws {
        guard output.record?.cloud != nil || output.output.options.remote != nil else {
            return warn(output, "it was never pushed to a remote")
        }
        let remote = try project.settings.remote(name(of: output))
        let path = output.output.path
        let place = try remote.place(of: path.relative(to: project.root) ?? .empty)
        guard let tree = try place.find(),
            let record = try NewestVersions(tree, output, remote.name, in: project)
                .record(jobs: jobs)
        else { return warn(output, "it does not exist in the remote") }
        if record == output.record { return }
        try project.keepListing(of: record)
        try placing.place(record, try record.cloud?.listing(), at: path, isForced: false)
        records.record(record, of: output)
    }

    /// Objects are durable before a record names them.
    func finish() throws {
        try project.cache.synchronize()
        try records.finish()
    }

    private func warn(_ output: TrackedOutput, _ why: String) {
        let name = project.display(output.output.path)
        project.reporter.report(.warning("Could not update '\(name)', \(why)"))
    }

    /// The one that it is bound to or was sent to; nil for the default.
    private func name(of output: TrackedOutput) -> String? {
        let cloud = output.record?.cloud
        let version = cloud?.version ?? cloud?.members?.lazy.compactMap(\.version).first
        return output.output.options.remote
            ?? version.flatMap { $0.remote.isEmpty ? nil : $0.remote }
    }
}

/// What a folder or file of a remote with versions is now, beside what is recorded of it.
private struct NewestVersions {
    private let tree: StoredTree
    private let project: Project
    private let remote: String
    private let executable: Bool
    private let known: [RelativePath: CloudContent.Member]

    init(
        _ tree: StoredTree,
        _ output: TrackedOutput,
        _ remote: String,
        in project: Project
    ) throws {
        self.tree = tree
        self.project = project
        self.remote = remote
        executable = output.record?.isExecutable ?? false
        var members = output.record?.cloud?.members ?? []
        if let record = output.record, let version = record.cloud?.version {
            var file = CloudContent.Member(path: .empty, digest: record.name.digest)
            (file.size, file.version) = (record.size, version)
            members = [file]
        }
        known = Dictionary(members.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Reads what is new into the cache; of the rest the versions stay that are recorded, as in DVC.
    func record(jobs: Int?) throws -> ContentRecord? {
        let cache = project.cache
        let open = try tree.files.filter { file in
            guard let old = member(of: file), old.version?.etag == file.tag, file.tag != nil else {
                return true
            }
            return try !cache.contains(ObjectName(old.digest))
        }
        let objects = try project.withProgress("Updating") { progress in
            try StoredReading(
                StoredTree(tree.place, isFolder: tree.isFolder, open),
                jobs: jobs,
                progress
            ).objects(storingIn: cache)
        }
        let read = Dictionary(
            zip(open, objects).map { ($0.path, $1) },
            uniquingKeysWith: { first, _ in first }
        )
        let members = tree.files.compactMap { file in
            read[file.path].map { updated(file, $0) } ?? member(of: file)
        }
        .sorted { $0.path.string.utf8.lexicographicallyPrecedes($1.path.string.utf8) }
        return try record(of: members)
    }

    private func member(of file: StoredFile) -> CloudContent.Member? {
        known[tree.relativePath(of: file)]
    }

    private func updated(_ file: StoredFile, _ object: ReceivedObject) -> CloudContent.Member {
        let old = member(of: file)
        if let old, old.digest == object.name.digest, old.version?.etag == file.tag { return old }
        let path = tree.relativePath(of: file)
        var member = CloudContent.Member(path: path, digest: object.name.digest)
        member.size = object.size
        member.isExecutable = old?.isExecutable ?? false
        member.version = CloudVersion(remote: remote, etag: file.tag, id: file.version)
        return member
    }

    private func record(of members: [CloudContent.Member]) throws -> ContentRecord? {
        if tree.isFolder { return try CloudContent(members: members).record() }
        guard let file = members.first, let version = file.version else { return nil }
        var record = ContentRecord(
            ObjectName(file.digest),
            size: file.size,
            isExecutable: executable
        )
        record.cloud = CloudContent(version: version)
        return record
    }
}

extension RemoteDefinition {
    /// Where the newest files count.
    var isWorktree: Bool { options.flag("worktree") == true }

    /// A path of the project on a remote that keeps versions.
    func place(of path: RelativePath) throws -> StoragePlace {
        let remote = try openVersions([:], [:], limit: nil)
        return remote.place(of: path)
    }
}
