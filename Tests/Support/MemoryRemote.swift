import DVHashing
import DVObjects
import DVRemotes
import DVReporting
import DVSystem
import Synchronization

/// A remote in memory: what any remote has to do, in few lines, and a way to make single objects fail.
///
/// It passes the conformance suite of all remotes.
package final class MemoryRemote: Remote {
    private struct State {
        var objects: [ObjectName: [UInt8]] = [:]
        var failures: [ObjectName: any Error] = [:]
        var files: [RelativePath: [UInt8]] = [:]
    }

    package let location = "memory"
    private let state = Mutex(State())

    package init() {}

    package func missing(among names: [ObjectName], jobs: Int) throws -> [ObjectName] {
        state.withLock { state in
            Set(names).filter { state.objects[$0] == nil }.sorted()
        }
    }

    package func verify(
        _ names: [ObjectName]?,
        isQuick: Bool,
        jobs: Int,
        progress: Progress?
    ) throws -> VerifyFindings {
        state.withLock { state in
            state.objects.filter { names?.contains($0.key) ?? true }.reduce(into: VerifyFindings())
            { findings, object in
                findings.checked += 1
                findings.bytes += Int64(object.value.count)
                let digest = Digest(of: object.value)
                guard digest != object.key.digest, !isQuick else { return }
                findings.damaged.append(
                    DamagedObject(name: object.key, reason: .wrongContent(digest))
                )
            }
        }
    }

    package func quarantine(_ name: ObjectName) throws { self[name] = nil }

    package func unused(besides used: SortedNames, jobs: Int) throws -> [UnusedObject] {
        state.withLock { state in
            state.objects.filter { !used.contains($0.key) }
                .map { UnusedObject(name: $0.key, size: Int64($0.value.count), stored: 0) }
                .sorted { $0.name < $1.name }
        }
    }

    package func remove(
        _ objects: [UnusedObject],
        unlessNewerThan moment: Int64,
        jobs: Int
    ) throws -> [UnusedObject] {
        state.withLock { state in
            objects.filter {
                $0.stored <= moment && state.objects.removeValue(forKey: $0.name) != nil
            }
        }
    }

    package func files(in folder: RelativePath) -> [RelativePath] {
        state.withLock { $0.files.keys.filter { $0.hasPrefix(folder) }.sorted() }
    }

    package func read(_ file: RelativePath) -> [UInt8]? { state.withLock { $0.files[file] } }

    package func write(_ bytes: [UInt8], to file: RelativePath) {
        state.withLock { $0.files[file] = bytes }
    }

    package func makeChannel(
        to cache: ObjectStore,
        progress: Progress
    ) throws -> any RemoteChannel {
        MemoryChannel(cache: cache, remote: self, progress: progress)
    }

    package func makeReceiver(progress: Progress) throws -> any RemoteReceiver {
        MemoryReceiver(remote: self, progress: progress)
    }

    /// Stored content, uncompressed.
    package subscript(name: ObjectName) -> [UInt8]? {
        get { state.withLock { $0.objects[name] } }
        set { state.withLock { $0.objects[name] = newValue } }
    }

    /// All that is stored, sorted.
    package var names: [ObjectName] { state.withLock { $0.objects.keys.sorted() } }

    /// Makes every transfer of `name` throw `error` from now on; nil mends it.
    package func fail(_ name: ObjectName, with error: (any Error)?) {
        state.withLock { $0.failures[name] = error }
    }

    fileprivate func throwIfFailing(_ name: ObjectName) throws {
        if let error = state.withLock({ $0.failures[name] }) { throw error }
    }
}

private struct MemoryReceiver: RemoteReceiver {
    let remote: MemoryRemote
    let progress: Progress

    func take(_ open: @escaping () throws -> any IncomingContent) throws -> ReceivedObject {
        let bytes = try open().bytes()
        let name = ObjectName(Digest(of: bytes))
        try take(bytes, as: name)
        return ReceivedObject(name: name, size: Int64(bytes.count))
    }

    func take(_ bytes: [UInt8], as name: ObjectName) throws {
        try remote.throwIfFailing(name)
        remote[name] = bytes
        progress.advance(bytes: Int64(bytes.count))
    }
}

private final class MemoryChannel: RemoteChannel {
    private let cache: ObjectStore
    private let remote: MemoryRemote
    private let progress: Progress

    init(cache: ObjectStore, remote: MemoryRemote, progress: Progress) {
        self.cache = cache
        self.remote = remote
        self.progress = progress
    }

    func upload(_ name: ObjectName) throws {
        try remote.throwIfFailing(name)
        let content = try cache.bytes(of: name)
        remote[name] = content
        progress.advance(bytes: Int64(content.count), items: 1)
    }

    func download(_ name: ObjectName, scratch: ObjectScratch) throws {
        try remote.throwIfFailing(name)
        guard let content = remote[name] else { throw ObjectError.missing(name) }
        var rest = content[...]
        try cache.insert(expecting: name, scratch: scratch) { buffer in
            let part = rest.prefix(buffer.count)
            part.withUnsafeBytes { buffer.copyMemory(from: $0) }
            rest = rest.dropFirst(part.count)
            return part.count
        }
        progress.advance(items: 1)
    }
}

extension RemoteChannel {
    /// A download into buffers of its own.
    package func download(_ name: ObjectName) throws {
        try download(name, scratch: ObjectStore(at: .root).makeScratch())
    }
}
