import DVHashing
import DVReporting
import DVSystem
import Synchronization

/// The content-addressed store of a project: every version of every tracked file, named by the MD5 of its content.
///
/// An object is one file, plain or encoded, which never changes once it has its name. Nothing outside this target may
/// rely on that: ask the store, and let it restore.
package final class ObjectStore: Sendable {
    /// The cache directory, usually `.dvc/cache`.
    package let root: AbsolutePath
    /// How names are computed; the legacy scheme has objects directly below `root`, always plain.
    package let scheme: HashScheme
    package let settings: StoreSettings
    /// Which large contents are recognised without their digest; nil where each is always hashed.
    let knownContents: KnownContents?
    let layout: ObjectLayout
    private let spares = Mutex<[ObjectScratch]>([])
    /// False after the first file system that cannot share blocks, which then is not asked for every file.
    private let reflinks = Atomic<Bool>(true)
    /// The forms whose folders were seen; nil before the first look.
    private let seenForms = Mutex<[Encoding?]?>(nil)

    /// Creates nothing on disk before the first insertion.
    package init(
        at root: AbsolutePath,
        scheme: HashScheme = .md5,
        settings: StoreSettings = StoreSettings(),
        knownContents: KnownContents? = nil
    ) {
        self.root = root
        self.scheme = scheme
        self.settings = settings
        self.knownContents = scheme == .md5 ? knownContents : nil
        layout = ObjectLayout(root: root, scheme: scheme)
    }

    /// Make one per worker; `progress` is advanced by content bytes.
    package func makeScratch(progress: Progress? = nil) -> ObjectScratch {
        ObjectScratch(level: settings.level, progress: progress)
    }

    /// Whether the object is there, by its existence.
    package func contains(_ name: ObjectName) throws(SystemError) -> Bool {
        try find(name, among: layout.forms) != nil
    }

    /// Bytes of the uncompressed content; nil if the object is missing.
    package func size(of name: ObjectName) throws -> Int64? {
        guard let stored = try find(name, among: layout.forms) else { return nil }
        return try contentSize(of: stored)
    }

    /// Makes every insertion so far durable: call it before a pointer that names new objects is replaced.
    package func synchronize() throws(ObjectError) {
        try writingCache { () throws(SystemError) in
            var devices: Set<UInt64> = []
            for form in layout.forms {
                guard let file = try OpenFile.readingIfPresent(layout.root(of: form)) else {
                    continue
                }
                if devices.insert(try file.status().device).inserted {
                    try file.synchronizeFileSystem()
                }
            }
        }
    }

    /// The forms that had objects when this store was first asked, or got them from it since, in the order of looking.
    ///
    /// Most caches have two of three: not looking for the others saves a system call for each object that is inserted.
    func presentForms() throws(SystemError) -> [Encoding?] {
        if let known = seenForms.withLock(\.self) { return known }
        var present: [Encoding?] = []
        for form in layout.forms where try layout.root(of: form).exists() { present.append(form) }
        seenForms.withLock { $0 = present }
        return present
    }

    /// Looks for folders again: called when a folder was made.
    func forgetForms() { seenForms.withLock { $0 = nil } }

    var isReflinkPossible: Bool { reflinks.load(ordering: .relaxed) }

    func forgetReflinks() { reflinks.store(false, ordering: .relaxed) }

    /// Runs `body` with a scratch of its own for a helper thread.
    func withSpareScratch<Result>(_ body: (ObjectScratch) throws -> Result) rethrows -> Result {
        let scratch = spares.withLock { $0.popLast() } ?? makeScratch()
        defer {
            spares.withLock { if $0.count < WorkerPool.processorCount { $0.append(scratch) } }
        }
        return try body(scratch)
    }
}

/// An object as it was found on disk.
struct StoredObject {
    let name: ObjectName
    let path: AbsolutePath
    /// Nil if plain.
    let encoding: Encoding?
    let status: FileStatus

    func corrupt(_ reason: ObjectError.Corruption) -> ObjectError {
        .corrupt(name, path: path, reason: reason)
    }
}

/// An object that was found and opened in one go.
struct OpenObject: ~Copyable {
    let stored: StoredObject
    let file: OpenFile
}

extension ObjectStore {
    func find(
        _ name: ObjectName,
        among forms: [Encoding?]
    ) throws(SystemError) -> StoredObject? {
        for form in forms {
            if let stored = try find(name, form) { return stored }
        }
        return nil
    }

    func find(_ name: ObjectName, _ form: Encoding?) throws(SystemError) -> StoredObject? {
        let path = layout.path(of: name, form)
        guard let status = try FileStatus.followingIfPresent(path) else { return nil }
        return StoredObject(name: name, path: path, encoding: form, status: status)
    }

    /// Throws `ObjectError.missing` if there is no object of this name.
    func open(_ name: ObjectName) throws -> OpenObject {
        for form in layout.forms {
            if let object = try open(name, form) { return object }
        }
        throw ObjectError.missing(name)
    }

    func open(_ name: ObjectName, _ form: Encoding?) throws -> OpenObject? {
        let path = layout.path(of: name, form)
        guard let file = try OpenFile.readingIfPresent(path) else { return nil }
        let status = try file.status()
        let stored = StoredObject(name: name, path: path, encoding: form, status: status)
        return OpenObject(stored: stored, file: file)
    }

    /// Throws `ObjectError.corrupt` if an encoded object has no sound index.
    func contentSize(of stored: StoredObject) throws -> Int64 {
        if stored.encoding == nil { return stored.status.size }
        return try stored.index(of: OpenFile.reading(stored.path)).contentSize
    }
}

extension StoredObject {
    /// Where the frames are; a plain object is cut into pieces of the same size.
    func index(of file: borrowing OpenFile) throws -> FrameIndex {
        guard let encoding else { return FrameIndex(plainSize: status.size) }
        do {
            return try FrameIndex(encoding, fileSize: status.size) {
                try file.read(into: $0, at: $1)
            }
        } catch let error as CodecError {
            throw try corruption(error)
        }
    }

    /// What a codec's failure says about this object; rethrows what is not its fault.
    func corruption(_ error: CodecError) throws -> ObjectError {
        switch error {
        case .truncated: corrupt(.truncated)
        case .undecodable: corrupt(.undecodable)
        case .unavailable: throw error
        }
    }
}
