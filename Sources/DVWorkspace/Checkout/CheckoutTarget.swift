import DVFormats
import DVHashing
import DVObjects
import DVSystem

/// What a checkout has to produce at a path.
package enum CheckoutTarget: Sendable {
    /// Nothing: what is there goes.
    case nothing
    case file(ObjectName, isExecutable: Bool)
    case directory(DirectoryListing)
}

package struct CheckoutOptions: Sendable {
    /// Overwrites and removes files even if the cache does not have their content.
    package var force: Bool
    /// Makes unchanged files anew, with the configured kind of link.
    package var relink: Bool
    /// Leaves out files whose objects the cache does not have.
    package var allowMissing: Bool

    package init(force: Bool = false, relink: Bool = false, allowMissing: Bool = false) {
        self.force = force
        self.relink = relink
        self.allowMissing = allowMissing
    }
}

/// Where a checkout gets the objects that the cache does not have.
package protocol ObjectSupply: Sendable {
    /// Whether `name` can be had.
    func has(_ name: ObjectName, _ scheme: HashScheme) -> Bool

    /// What one thread needs to fetch objects.
    func makeSupplier(for scheme: HashScheme) throws -> any ObjectSupplier
}

/// Brings objects into the cache, on one thread.
package protocol ObjectSupplier {
    /// Puts `name` into the cache, verified; the content of a small object stays in `scratch`.
    ///
    /// Already there is fine.
    func supply(_ name: ObjectName, scratch: ObjectScratch) throws

    /// Reads objects ahead that are soon to be supplied, where that is of use; gives how many of `names` this was about, at
    /// least one.
    func readAhead(_ names: ArraySlice<ObjectName>, scratch: ObjectScratch) throws -> Int
}

/// The files of one side of a checkout under one interface: a single file has an empty path.
enum FileSet: Sendable {
    case none
    case file(Digest)
    case listing(DirectoryListing)

    init(_ target: CheckoutTarget) {
        switch target {
        case .nothing: self = .none
        case .file(let name, _): self = .file(name.digest)
        case .directory(let listing): self = .listing(listing)
        }
    }

    init(_ content: WorkspaceContent?) {
        switch content {
        case nil: self = .none
        case .file(let entry): self = .file(entry.digest)
        case .directory(let tree): self = .listing(tree.listing)
        }
    }

    var count: Int {
        switch self {
        case .none: 0
        case .file: 1
        case .listing(let listing): listing.count
        }
    }

    func digest(at index: Int) -> Digest {
        switch self {
        case .none: Digest(high: 0, low: 0)
        case .file(let digest): digest
        case .listing(let listing): listing.digest(at: index)
        }
    }

    func path(at index: Int, below root: AbsolutePath) -> AbsolutePath {
        guard case .listing(let listing) = self else { return root }
        return listing.withPath(at: index) { root.appending(bytes: $0) }
    }

    func areInOneFolder(_ left: Int, _ right: Int) -> Bool {
        guard case .listing(let listing) = self else { return true }
        return listing.withPath(at: left) { left in
            listing.withPath(at: right) { right in
                let slash = UInt8(ascii: "/")
                let folder = left[..<(left.lastIndex(of: slash) ?? 0)]
                return right.lastIndex(of: slash) ?? 0 == folder.count
                    && compareBytes(
                        UnsafeRawBufferPointer(rebasing: folder),
                        UnsafeRawBufferPointer(rebasing: right[..<folder.count])
                    ) == 0
            }
        }
    }
}
