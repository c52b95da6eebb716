import DVFormats
import DVHashing
import DVObjects

extension ObjectStore {
    /// Stores a listing under its `name`, written a piece at a time; already there is fine.
    ///
    /// Throws `SystemError`, `ObjectError` or `Interrupted`.
    package func insert(_ listing: DirectoryListing, as name: ObjectName) throws {
        var text = ListingText(of: listing)
        try insert(expecting: name, scratch: makeScratch()) { text.read(into: $0) }
    }

    /// The same for one whose name is not known yet; gives it.
    package func insert(_ listing: DirectoryListing) throws -> ObjectName {
        var text = ListingText(of: listing)
        return try insert(isListing: true, scratch: makeScratch()) { text.read(into: $0) }.name
    }
}

extension DirectoryListing.Builder {
    /// The files of a tree, which have these digests in this order.
    init(_ tree: FileTree, _ digests: [Digest]) {
        self.init(reserving: tree.count)
        for index in 0..<tree.count {
            tree.withPath(at: index) { append(pathBytes: $0, digests[index]) }
        }
    }
}
