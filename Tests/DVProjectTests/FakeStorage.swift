import DVHashing
import DVRemotes
import DVSystem
import Synchronization

/// Short texts in memory, marked by their MD5, some of which break off while they are read.
final class FakeStorage: Storage {
    private struct State {
        var files: [String: String]
        var untagged: Set<String> = []
        var breaking: Set<String> = []
    }

    let location = "fake://host"
    let canList = true
    let parallelism = 2
    private let state: Mutex<State>

    init(_ files: [String: String]) { state = Mutex(State(files: files)) }

    func connect() -> any StorageConnection { FakeConnection(self) }

    func forgetTag(of name: String) { _ = state.withLock { $0.untagged.insert(name) } }

    func breakOff(_ name: String) { _ = state.withLock { $0.breaking.insert(name) } }

    func remove(_ name: String) { state.withLock { $0.files[name] = nil } }

    fileprivate func file(_ name: String) -> StoredFile? {
        state.withLock { state in
            state.files[name].map { text in
                StoredFile(
                    path: RelativePath.empty.appending(name),
                    size: Int64(text.utf8.count),
                    tag: state.untagged.contains(name) ? nil : Digest(of: Array(text.utf8)).hex
                )
            }
        }
    }

    fileprivate var names: [String] { state.withLock { $0.files.keys.sorted() } }

    fileprivate func content(_ name: String) -> FakeContent? {
        state.withLock { state in
            state.files[name].map {
                FakeContent(Array($0.utf8), isBreaking: state.breaking.contains(name))
            }
        }
    }
}

private final class FakeConnection: StorageConnection {
    private let storage: FakeStorage

    init(_ storage: FakeStorage) { self.storage = storage }

    func status(of file: RelativePath) -> StoredFile? { storage.file(file.string) }

    func page(of folder: RelativePath, isRecursive: Bool, after token: String?) -> ListingPage {
        let names = storage.names.filter { $0.hasPrefix(folder.string + "/") }
        return ListingPage(files: names.compactMap(storage.file))
    }

    func open(_ file: RelativePath, from offset: Int64) -> (any IncomingContent)? {
        storage.content(file.string)
    }

    func write(_ content: any OutgoingContent, to file: RelativePath) throws { throw refusal }

    func remove(_ files: [RelativePath]) throws { throw refusal }

    func move(_ file: RelativePath, to target: RelativePath) throws { throw refusal }

    private var refusal: StorageError {
        StorageError(.unsupported("it can only be read"), at: storage.location)
    }
}

private final class FakeContent: IncomingContent {
    let size: Int64?
    let tag: String? = nil
    private var rest: ArraySlice<UInt8>
    private let isBreaking: Bool

    init(_ bytes: [UInt8], isBreaking: Bool) {
        size = Int64(bytes.count)
        rest = bytes[...]
        self.isBreaking = isBreaking
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        if isBreaking, rest.startIndex > 0 {
            throw StorageError(.refused("it broke off"), at: "fake://host")
        }
        let part = rest.prefix(1)
        part.withUnsafeBytes { buffer.copyMemory(from: $0) }
        rest = rest.dropFirst(part.count)
        return part.count
    }
}
