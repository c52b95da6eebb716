import DVFormats
import DVHashing
import DVObjects
import DVReporting
import DVSystem

/// Writes data of another repository to a path, without a cache and without a trace of where it came from.
struct OriginExport {
    private let reader: OriginReader
    private let content: OriginContent

    /// Everything must have been fetched.
    init(_ content: OriginContent, from reader: OriginReader) {
        self.content = content
        self.reader = reader
    }

    /// All files appear at once, unless something is at `target`: then each replaces what is in its place, and others stay.
    func write(to target: AbsolutePath) throws {
        try target.parent.makeDirectories()
        let draft = target.parent.appending(TemporaryFile.uniqueName())
        defer { try? draft.removeTree() }
        if content.isFolder { try draft.makeDirectories() }
        var objects: [ObjectRestoration] = []
        for file in content.files {
            try Interruption.check()
            let path = draft.appending(file.path)
            if content.isFolder { try path.parent.makeDirectories() }
            if let object = try write(file, to: path) { objects.append(object) }
        }
        try restore(objects)
        try DraftPlacement(draft).put(at: target)
    }

    /// Writes a file of Git, or tells which object makes it.
    private func write(_ file: OriginFile, to path: AbsolutePath) throws -> ObjectRestoration? {
        switch file.source {
        case .blob(let id, let git):
            let permissions: UInt16 = file.isExecutable ? 0o777 : 0o666
            let made = try OpenFile.creating(path, permissions: permissions)
            try made.write(try git.content(ofBlob: id))
            return nil
        case .object(let digest, let output):
            let name = ObjectName(digest)
            return ObjectRestoration(
                name: name,
                store: try reader.holder(of: name, content.outputs[output]),
                path: path,
                isExecutable: file.isExecutable
            )
        }
    }

    private func restore(_ objects: [ObjectRestoration]) throws {
        let context = reader.repository.context
        let store = reader.store
        let progress = Progress("Writing")
        context.reporter.begin(progress)
        defer { progress.finish() }
        progress.expect(bytes: 0, items: objects.count)
        _ = try WorkerPool(jobs: context.jobs).map(
            count: objects.count,
            batchSize: 32,
            worker: { store.makeScratch(progress: progress) },
            body: { scratch, range in
                for index in range { try objects[index].run(scratch) }
                progress.advance(items: range.count)
            }
        )
    }
}

/// A file that an object makes.
private struct ObjectRestoration: Sendable {
    let name: ObjectName
    let store: ObjectStore
    let path: AbsolutePath
    let isExecutable: Bool

    func run(_ scratch: ObjectScratch) throws {
        var options = RestoreOptions()
        options.linkTypes = [.reflink, .copy]
        options.isExecutable = isExecutable
        _ = try store.restore(name, to: path, options: options, scratch: scratch)
    }
}

/// Something complete that waits beside its place.
struct DraftPlacement {
    private let draft: AbsolutePath

    init(_ draft: AbsolutePath) {
        self.draft = draft
    }

    /// One rename if the place is free or both are files; else file by file into the folder that is there.
    func put(at target: AbsolutePath) throws {
        if try draft.renameUnlessTaken(to: target) { return }
        try merge(draft, into: target)
    }

    private func merge(_ source: AbsolutePath, into target: AbsolutePath) throws {
        guard try FileStatus.following(source).isDirectory else {
            return try source.rename(to: target)
        }
        if let status = try FileStatus.ifPresent(target), !status.isDirectory {
            try target.removeFile()
        }
        try target.makeDirectories()
        for name in try source.childNames() {
            let child = AbsolutePath(name.string, relativeTo: source)
            try merge(child, into: AbsolutePath(name.string, relativeTo: target))
        }
    }
}
