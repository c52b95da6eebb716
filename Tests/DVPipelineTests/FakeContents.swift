import DVFormats
import DVHashing
import DVPipeline
import DVSystem
import Synchronization

/// A workspace and cache of short texts that remembers what it was asked.
final class FakeContents: ContentSource {
    private struct State {
        var files: [AbsolutePath: String] = [:]
        var parameters: [AbsolutePath: DataValue] = [:]
        var uncached: Set<ObjectName> = []
        var hashed: [AbsolutePath] = []
        var storages: [String: SourceState] = [:]
    }

    private let state = Mutex(State())

    /// Every path hashed so far, in order.
    var hashed: [AbsolutePath] { state.withLock { $0.hashed } }

    func set(_ name: String, _ text: String?) {
        state.withLock { $0.files[path("/p/" + name)] = text }
    }

    /// What a storage says of an address.
    func set(address: String, _ value: SourceState?) {
        state.withLock { $0.storages[address] = value }
    }

    func setParameters(_ name: String, _ value: DataValue?) {
        state.withLock { $0.parameters[path("/p/" + name)] = value }
    }

    func dropFromCache(_ text: String) {
        _ = state.withLock { $0.uncached.insert(Self.record(text).name) }
    }

    static func record(_ text: String) -> ContentRecord {
        ContentRecord(ObjectName(Digest(of: Array(text.utf8))))
    }

    func exists(_ path: AbsolutePath) -> Bool {
        state.withLock { $0.files[path] != nil || $0.parameters[path] != nil }
    }

    func content(of path: AbsolutePath, scheme: HashScheme) -> ContentRecord? {
        state.withLock {
            $0.hashed.append(path)
            return $0.files[path].map(Self.record)
        }
    }

    func state(ofAddress dependency: StageDependency) -> SourceState? {
        state.withLock { $0.storages[dependency.written] }
    }

    func isInCache(_ record: ContentRecord) -> Bool {
        state.withLock { !$0.uncached.contains(record.name) }
    }

    func parameters(in file: AbsolutePath) -> DataValue? { state.withLock { $0.parameters[file] } }
}
