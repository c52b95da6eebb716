import DVFormats
import DVHashing
import DVObjects
import DVRemotes
import DVReporting
import DVSystem
import DVWorkspace

extension ExternalPath {
    /// Sends what is there to a remote, past the cache; the remote has all of it afterwards.
    ///
    /// Throws `OriginError.dependencyMissing`, which names `text`, if nothing is there.
    func send(
        to definition: RemoteDefinition,
        in project: Project,
        jobs: Int?,
        named text: String
    ) throws -> ExternalContent {
        let remote = try definition.open(scheme: .md5)
        guard case .stored(let place) = self else {
            return try send(to: remote, in: project, jobs: jobs, named: text)
        }
        guard let tree = try place.find() else { throw OriginError.dependencyMissing(text) }
        let content = try project.withProgress("Sending") { progress in
            try StoredReading(tree, jobs: jobs, progress).content(sendingTo: remote)
        }
        try (remote as? DirectoryRemote)?.store.synchronize()
        return content
    }

    /// From this machine; into a folder in the one reading that hashes, to a storage as what was hashed before.
    private func send(
        to remote: any Remote,
        in project: Project,
        jobs: Int?,
        named text: String
    ) throws -> ExternalContent {
        let store = (remote as? DirectoryRemote)?.store
        let content = try content(in: project, storingIn: store, jobs: jobs, named: text)
        try store?.synchronize()
        if store == nil, case .here(let path) = self {
            try LocalSending(path, content).send(to: remote, in: project, jobs: jobs)
        }
        return content
    }
}

/// Sends files of this machine to a remote.
private struct LocalSending {
    private let path: AbsolutePath
    private let content: ExternalContent
    private let files: [(path: RelativePath, digest: Digest)]

    init(_ path: AbsolutePath, _ content: ExternalContent) {
        self.path = path
        self.content = content
        if let listing = content.listing {
            files = listing.indices.map { (listing[$0].path, listing.digest(at: $0)) }
        } else {
            files = [(.empty, content.record.name.digest)]
        }
    }

    func send(to remote: any Remote, in project: Project, jobs: Int?) throws {
        let jobs = remote.jobs(jobs, usual: project.settings.jobs)
        try project.withProgress("Sending") { progress in
            progress.expect(bytes: content.record.size ?? 0, items: files.count)
            _ = try WorkerPool(jobs: jobs).map(
                count: files.count,
                batchSize: max(1, min(16, files.count / (4 * jobs))),
                worker: { try remote.makeReceiver(progress: progress) },
                body: { [path, files] receiver, range in
                    for file in files[range] {
                        try Self.send(path.appending(file.path), file.digest, receiver)
                        progress.advance(items: 1)
                    }
                }
            )
        }
        guard let listing = content.listing else { return }
        let receiver = try remote.makeReceiver(progress: Progress("Sending"))
        try receiver.take(listing.serialized(), as: content.record.name)
    }

    /// A file that is not what was hashed a moment ago is refused.
    private static func send(
        _ path: AbsolutePath,
        _ digest: Digest,
        _ receiver: any RemoteReceiver
    ) throws {
        let sent = try receiver.take { try LocalContent(of: path) }
        guard sent.name.digest == digest else { throw SourceError.changedWhileRead(path) }
    }
}

/// A file of this machine as content on its way.
private final class LocalContent: IncomingContent {
    let size: Int64?
    let tag: String? = nil
    private let source: SourceFile
    private var position: Int64 = 0

    init(of path: AbsolutePath) throws {
        source = try SourceFile(at: path)
        size = source.status.size
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try source.file.read(into: buffer, at: position)
        position += Int64(count)
        if count == 0 { try source.checkUnchanged(after: position) }
        return count
    }
}
