import DVHashing
import DVSystem

/// One file of a tracked directory.
package struct ListingEntry: Hashable, Sendable {
    package let path: RelativePath
    package let digest: Digest

    package init(path: RelativePath, digest: Digest) {
        self.path = path
        self.digest = digest
    }
}

/// The content of a `.dir` object: the files below a tracked directory with their digests, in DVC's order.
///
/// Flat storage, 24 bytes and the name for each file, so that a million files stay small. Every listing is safe to check
/// out: no path leaves the directory, is there twice, or is both a file and a folder.
package struct DirectoryListing: Sendable {
    /// All names, one after the other.
    let names: [UInt8]
    /// Where each name ends in `names`.
    let ends: [Int]
    let digests: [Digest]

    init(names: [UInt8], ends: [Int], digests: [Digest]) {
        self.names = names
        self.ends = ends
        self.digests = digests
    }

    /// The listing of an empty directory.
    package init() {
        self.init(names: [], ends: [], digests: [])
    }

    package func digest(at index: Int) -> Digest { digests[index] }

    /// Calls `body` with the raw bytes of a name, valid only during the call.
    ///
    /// Allocates nothing.
    @inline(__always)
    package func withPath<Result>(
        at index: Int,
        _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        names.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[span(at: index)])) }
    }

    /// The name as a path; copies it, so not for hot loops.
    package func path(at index: Int) -> RelativePath {
        // A listing holds checked paths only, so the bytes always form one.
        RelativePath(bytes: names[span(at: index)]) ?? .empty
    }

    @inline(__always)
    func span(at index: Int) -> Range<Int> {
        (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }
}

extension DirectoryListing: Equatable {
    package static func == (left: DirectoryListing, right: DirectoryListing) -> Bool {
        left.ends == right.ends && left.digests == right.digests && left.names == right.names
    }
}

extension DirectoryListing: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { ends.count }

    package subscript(index: Int) -> ListingEntry {
        ListingEntry(path: path(at: index), digest: digests[index])
    }
}
