import DVHashing
import DVSystem

/// A service that keeps files under paths: what S3, WebDAV, SFTP and their like have in common.
///
/// Remotes, imports from addresses and stages that depend on them all stand on it. Paths start at the storage's root.
package protocol Storage: Sendable {
    /// As a user would name it, without secrets, for messages.
    var location: String { get }

    /// Whether it can tell what a folder holds; plain HTTP servers cannot.
    var canList: Bool { get }

    /// How many transfers at once suit it unless the user says otherwise.
    var parallelism: Int { get }

    /// What one thread needs to talk to it. Nothing is sent before the first call.
    func connect() throws -> any StorageConnection
}

/// A connection to a storage, used by one thread at a time.
///
/// Failures are `StorageError`, `Interrupted`, or what reading an outgoing content throws.
package protocol StorageConnection: AnyObject {
    /// Nil if there is no such file.
    func status(of file: RelativePath) throws -> StoredFile?

    /// A part of what `folder` holds, the one that follows `token`, or the first; empty if there is no such folder.
    ///
    /// `isRecursive` gives files only, however deep; else files and folders one level down.
    func page(
        of folder: RelativePath,
        isRecursive: Bool,
        after token: String?
    ) throws -> ListingPage

    /// The content from `offset` on, which must not lie beyond its end; nil if there is no such file.
    ///
    /// It has to be read to its end, or left, before the next call.
    func open(_ file: RelativePath, from offset: Int64) throws -> (any IncomingContent)?

    /// Makes `file` visible, complete, with this content; replaces what was there.
    func write(_ content: any OutgoingContent, to file: RelativePath) throws

    /// Files that are not there are fine.
    func remove(_ files: [RelativePath]) throws

    /// Replaces what is at `target`.
    func move(_ file: RelativePath, to target: RelativePath) throws

    /// The content of an old or new version of a file, the newest one for nil, as `open` gives it; nil if it is not there.
    func open(
        _ file: RelativePath,
        version: String?,
        from offset: Int64
    ) throws -> (any IncomingContent)?

    /// An old or new version of a file, the newest one for nil, as `status(of:)` gives it; nil if it is not there.
    func status(of file: RelativePath, version: String?) throws -> StoredFile?

    /// A part of the files in `folder` and below it, in their newest versions, with the names of these.
    func versionPage(of folder: RelativePath, after token: String?) throws -> ListingPage
}

/// Most storages keep one version of a file only.
extension StorageConnection {
    package func open(
        _ file: RelativePath,
        version: String?,
        from offset: Int64
    ) throws -> (any IncomingContent)? {
        if version == nil { return try open(file, from: offset) }
        throw StorageError(.unsupported("no versions are kept here"), at: file.string)
    }

    package func status(of file: RelativePath, version: String?) throws -> StoredFile? {
        version == nil ? try status(of: file) : nil
    }

    package func versionPage(of folder: RelativePath, after token: String?) throws -> ListingPage {
        throw StorageError(.unsupported("no versions are kept here"), at: folder.string)
    }
}

/// What a storage tells about a file or folder.
package struct StoredFile: Hashable, Sendable {
    package let path: RelativePath
    /// In bytes; nil where a server does not say.
    package var size: Int64?
    /// In nanoseconds since 1970; nil where a server does not say.
    package var modified: Int64?
    /// Changes with the content, as the server makes it: an entity tag.
    package var tag: String?
    /// The name of this version, where a server keeps old ones and was asked about this file alone, or for versions.
    package var version: String?
    package var isFolder = false

    package init(
        path: RelativePath,
        size: Int64? = nil,
        modified: Int64? = nil,
        tag: String? = nil,
        isFolder: Bool = false
    ) {
        self.path = path
        self.size = size
        self.modified = modified
        self.tag = tag
        self.isFolder = isFolder
    }
}

/// A part of a listing.
package struct ListingPage: Sendable {
    package var files: [StoredFile] = []
    /// What asks for the next part; nil at the end.
    package var next: String?

    package init(files: [StoredFile] = [], next: String? = nil) {
        self.files = files
        self.next = next
    }
}

/// Bytes on their way from a storage, in order.
package protocol IncomingContent: AnyObject {
    /// Of the whole file, wherever reading began; nil where a server does not say.
    var size: Int64? { get }
    var tag: String? { get }

    /// At least one byte, unless at the end, where 0.
    ///
    /// A content that ends before its size throws.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

/// Bytes on their way to a storage, in order; from the start again if an attempt fails.
package protocol OutgoingContent: AnyObject {
    var size: Int64 { get }
    /// Of all bytes, where it is known before they are read.
    var md5: Digest? { get }

    /// At least one byte, unless at the end, where 0.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int

    /// Called before each attempt.
    func rewind() throws
}
