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
    private var contents: [AbsolutePath: [(output: String, stage: Stage, record: ContentRecord)]] =
        [:]

    init(project: Project, collection: StageCollection) {
        self.project = project
        self.collection = collection
    }

    mutating func record(_ cloud: CloudContent, of group: UsedObjects.Group) {
        var record = group.record
        record.cloud = cloud
        self.record(record, of: group.output)
    }

    mutating func record(_ record: ContentRecord, of output: TrackedOutput) {
        contents[output.stage.file, default: []]
            .append((output.output.written, output.stage, record))
    }

    /// Each file once, and only if its text changes.
    func finish() throws {
        let git = try GitBookkeeper(project)
        for (path, entries) in contents.sorted(by: { $0.key < $1.key }) {
            guard let file = collection.files[path] else { continue }
            switch file.content {
            case .pointer(var pointer):
                for entry in entries { pointer.outputs.set(entry.record, of: entry.output) }
                let text = try pointer.serializedWithDigest(
                    updating: file.text,
                    file: project.display(path)
                )
                try write(text, over: file.text, to: path, git)
            case .pipeline(_, var lock):
                for entry in entries {
                    try set(entry.record, entry.output, of: entry.stage, in: &lock)
                }
                let place = StageCommitter.lockPath(of: path)
                try write(lock.serialized(), over: place.readBytes(), to: place, git)
            }
        }
        _ = try git.finish()
    }

    private func set(
        _ record: ContentRecord,
        _ output: String,
        of stage: Stage,
        in lock: inout LockFile
    ) throws {
        guard let name = stage.name, var locked = try lock.stage(named: name) else { return }
        for index in locked.outputs.indices where locked.outputs[index].path == output {
            locked.outputs[index].content = record
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
    fileprivate mutating func set(_ record: ContentRecord, of path: String) {
        for index in indices where self[index].recorded.path == path {
            self[index].recorded.content = record
        }
    }
}
