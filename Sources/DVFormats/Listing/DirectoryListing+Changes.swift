/// What became of one file between two listings of a directory; the numbers are places in the listings.
package enum ListingChange: Hashable, Sendable {
    case added(new: Int)
    case removed(old: Int)
    case modified(old: Int, new: Int)
}

extension DirectoryListing {
    /// Walks two listings at once in path order: every path exactly once, with its places; one pass, no allocation.
    package static func join<Failure: Error>(
        _ old: DirectoryListing,
        _ new: DirectoryListing,
        _ body: (_ old: Int?, _ new: Int?) throws(Failure) -> Void
    ) throws(Failure) {
        var (i, j) = (0, 0)
        while i < old.count || j < new.count {
            let order = compare(old, i, new, j)
            try body(order <= 0 ? i : nil, order >= 0 ? j : nil)
            if order <= 0 { i += 1 }
            if order >= 0 { j += 1 }
        }
    }

    /// The files that differ from `old`, in path order.
    package func changes(since old: DirectoryListing) -> [ListingChange] {
        var changes: [ListingChange] = []
        DirectoryListing.join(old, self) { before, after in
            switch (before, after) {
            case (let before?, let after?) where old.digests[before] != digests[after]:
                changes.append(.modified(old: before, new: after))
            case (let before?, nil): changes.append(.removed(old: before))
            case (nil, let after?): changes.append(.added(new: after))
            default: break
            }
        }
        return changes
    }

    /// A listing that has ended compares greater.
    private static func compare(
        _ old: DirectoryListing,
        _ i: Int,
        _ new: DirectoryListing,
        _ j: Int
    ) -> Int {
        guard i < old.count else { return 1 }
        guard j < new.count else { return -1 }
        return old.withPath(at: i) { before in
            new.withPath(at: j) { PythonText.compare(before, $0) }
        }
    }
}
