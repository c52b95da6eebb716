import DVHashing
import DVObjects
import DVSystem

/// Knows of which directories the cache has all files, so that a million objects are looked for once, not each time.
///
/// Removing an object changes the times of its folder in the cache: while all folders are as they were before a search
/// that found everything, everything is still there.
package struct CompleteListings: Sendable {
    private let store: ObjectStore
    private let state: StateStore
    private let jobs: Int

    /// Smaller directories are looked for each time: that costs as much as asking for the times of the folders.
    private static let threshold = 2_000

    package init(in store: ObjectStore, state: StateStore, jobs: Int) {
        self.store = store
        self.state = state
        self.jobs = jobs
    }

    /// Which objects of a listing of `count` files the cache lacks; sorted, without duplicates.
    ///
    /// `members` gives the objects of all its files, and is not called if they are known to be there.
    package func missing(
        of listing: ObjectName,
        count: Int,
        members: () throws -> [ObjectName]
    ) throws -> [ObjectName] {
        guard count >= Self.threshold else {
            return try store.missing(among: members(), jobs: jobs)
        }
        let clock = state.clock()
        let folders = try store.folders()
        let row = StateRow(listing.digest, StateStamp(foldersOfCache: folders))
        let key = state.keys.key(.completeListing, listing)
        if state.row(key, about: row.stamp) != nil { return [] }
        let missing = try store.missing(among: members(), jobs: jobs)
        if missing.isEmpty, folders.allSatisfy(clock.canRecord) { state.put(row, key) }
        return missing
    }
}

extension StateStamp {
    fileprivate init(foldersOfCache folders: [FileStatus]) {
        self.init(
            folders.reduce(into: StateSum()) { sum, folder in
                sum.add(checksum: StateRow(Digest(high: folder.device, low: 0), folder).checksum)
            }
        )
    }
}

extension StateRow {
    /// Under no key.
    fileprivate var checksum: UInt64 {
        checksum(key: UnsafeRawBufferPointer(start: nil, count: 0))
    }
}
