import DVFormats
import DVHashing
import DVObjects
import DVPipeline
import DVRemotes
import DVSystem

/// Writes into pointers and lock files which versions a remote has of outputs.
struct VersionRecorder {
    private let project: Project
    private let collection: StageCollection
    private var contents: [AbsolutePath: [(output: String, stage: Stage, cloud: CloudContent)]] =
        [:]

    init(project: Project, collection: StageCollection) {
        self.project = project
        self.collection = collection
    }

    mutating func record(_ cloud: CloudContent, of group: UsedObjects.Group) {
        let output = group.output
        contents[output.stage.file, default: []]
            .append((output.output.written, output.stage, cloud))
    }

    /// Each file once, and only if its text changes.
    func finish() throws {
        let git = try GitBookkeeper(project)
        for (path, entries) in contents.sorted(by: { $0.key < $1.key }) {
            guard let file = collection.files[path] else { continue }
            switch file.content {
            case .pointer(var pointer):
                for entry in entries { pointer.outputs.setCloud(entry.cloud, of: entry.output) }
                let text = try pointer.serializedWithDigest(
                    updating: file.text,
                    file: project.display(path)
                )
                try write(text, over: file.text, to: path, git)
            case .pipeline(_, var lock):
                for entry in entries {
                    try set(entry.cloud, entry.output, of: entry.stage, in: &lock)
                }
                let place = StageCommitter.lockPath(of: path)
                try write(lock.serialized(), over: place.readBytes(), to: place, git)
            }
        }
        _ = try git.finish()
    }

    private func set(
        _ cloud: CloudContent,
        _ output: String,
        of stage: Stage,
        in lock: inout LockFile
    ) throws {
        guard let name = stage.name, var locked = try lock.stage(named: name) else { return }
        for index in locked.outputs.indices where locked.outputs[index].path == output {
            locked.outputs[index].content?.cloud = cloud
        }
        try lock.set(locked, named: name)
    }

    private func write(
        _ text: [UInt8],
        over old: [UInt8],
        to path: AbsolutePath,
        _ git: GitBookkeeper
    ) throws {
        guard text != old else { return }
        try path.replaceContents(with: text)
        git.touch(path)
    }
}

extension [PointerOutput] {
    fileprivate mutating func setCloud(_ cloud: CloudContent, of path: String) {
        for index in indices where self[index].recorded.path == path {
            self[index].recorded.content?.cloud = cloud
        }
    }
}

extension RemoteDefinition {
    /// With the places that the records of `groups` tell.
    func openVersions(
        of groups: [UsedObjects.Group],
        limit: Bandwidth?,
        in project: Project
    ) throws -> VersionedRemote {
        var places: [ObjectName: VersionedRemote.Place] = [:]
        var listings: [ObjectName: DirectoryListing] = [:]
        func note(_ name: ObjectName, _ path: AbsolutePath, _ version: CloudVersion?) {
            guard let version, version.remote == self.name, let id = version.id,
                let path = path.relative(to: project.root)
            else { return }
            places[name] = VersionedRemote.Place(path: path, version: id)
        }
        for group in groups {
            let root = group.output.output.path
            note(group.record.name, root, group.record.cloud?.version)
            for member in group.record.cloud?.members ?? [] {
                note(ObjectName(member.digest), root.appending(member.path), member.version)
            }
            listings[group.record.name] = try group.record.cloud?.listing()
        }
        return try openVersions(places, listings, limit: limit)
    }
}
