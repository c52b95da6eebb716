import DVFormats
import DVSystem

/// A file or folder of a storage, as an address names it.
package struct StoragePlace: Sendable {
    package let storage: any Storage
    /// From the storage's root.
    package let path: RelativePath
    /// How the storage itself tells contents apart, as DVC records it; nil where only their bytes do.
    package let markKind: ContentMark.Kind?
    /// Whether the versions of files count that it keeps.
    package var isVersioned = false
    /// Which version of the file, the newest one for nil.
    package var version: String?

    package init(_ storage: any Storage, _ path: RelativePath, markKind: ContentMark.Kind?) {
        self.storage = storage
        self.path = path
        self.markKind = markKind
    }

    /// As a user would name it, without secrets, for messages.
    package var location: String {
        path.isEmpty ? storage.location : "\(storage.location)/\(path)"
    }

    /// Everything that is there, however deep; nil if nothing is.
    package func find() throws -> StoredTree? {
        let connection = try storage.connect()
        guard let file = try entry(connection) else { return nil }
        guard file.isFolder else { return StoredTree(self, isFolder: false, try known([file])) }
        var files: [StoredFile] = []
        try connection.forEachFile(in: path, withVersions: isVersioned) { files.append($0) }
        return StoredTree(self, isFolder: true, try known(files.sorted { $0.path < $1.path }))
    }

    /// Throws if versions count and there are none.
    private func known(_ files: [StoredFile]) throws(StorageError) -> [StoredFile] {
        guard isVersioned, let file = files.first(where: { $0.version == nil }) else {
            return files
        }
        throw StorageError(
            .misconfigured("no versions are kept here: turn on versioning for the bucket"),
            at: "\(storage.location)/\(file.path)"
        )
    }

    /// Whether there is anything, for few requests.
    package func isThere() throws -> Bool { try entry(storage.connect()) != nil }

    /// What the place itself is; nil if nothing is there.
    package func entry() throws -> StoredFile? { try entry(storage.connect()) }

    /// What it holds one level down, files and folders.
    package func children() throws -> [StoredFile] {
        let connection = try storage.connect()
        var children: [StoredFile] = []
        var token: String?
        repeat {
            try Interruption.check()
            let page = try connection.page(of: path, isRecursive: false, after: token)
            children += page.files
            token = page.next
        } while token != nil
        return children
    }

    private func entry(_ connection: any StorageConnection) throws -> StoredFile? {
        // The root of a bucket is no object.
        let isRoot = path.isEmpty && storage.canList
        if !isRoot, let file = try connection.status(of: path, version: version) { return file }
        guard storage.canList, version == nil else { return nil }
        // Folders of a bucket are nothing but the names of what is in them.
        let page = try connection.page(of: path, isRecursive: false, after: nil)
        return page.files.isEmpty ? nil : StoredFile(path: path, isFolder: true)
    }
}

/// What a place held when it was asked.
package struct StoredTree: Sendable {
    package let place: StoragePlace
    package let isFolder: Bool
    /// Sorted by path; the one file if it is no folder.
    package let files: [StoredFile]

    package init(_ place: StoragePlace, isFolder: Bool, _ files: [StoredFile]) {
        self.place = place
        self.isFolder = isFolder
        self.files = files
    }

    /// The sum of the sizes that the storage tells.
    package var totalSize: Int64 { files.reduce(0) { $0 + ($1.size ?? 0) } }

    /// From the place; empty if the place is the file.
    package func relativePath(of file: StoredFile) -> RelativePath {
        RelativePath(
            bytes: file.path.bytes.dropFirst(isFolder ? prefixLength : file.path.bytes.count)
        )
            ?? .empty
    }

    private var prefixLength: Int { place.path.isEmpty ? 0 : place.path.bytes.count + 1 }

    /// The content of one of the files from its start.
    ///
    /// Throws `StorageError` if it is gone.
    package func open(
        _ file: StoredFile,
        on connection: any StorageConnection
    ) throws -> any IncomingContent {
        let version = place.isVersioned ? file.version : nil
        guard let content = try connection.open(file.path, version: version, from: 0) else {
            throw StorageError(
                .refused(
                    version.map { "the version '\($0)' is gone" }
                        ?? "the file is gone since it was listed"
                ),
                at: "\(place.storage.location)/\(file.path)"
            )
        }
        return content
    }
}
