import DVHashing
import DVObjects
import DVSystem

/// Knows of which directories a store has all files, so that a million objects are looked for once, not each time.
///
/// Removing an object changes the times of its folder in the store: while all folders are as they were before a search
/// that found everything, everything is still there. Where such times cannot be relied on nothing is remembered.
package struct CompleteListings: Sendable {
    private let store: ObjectStore
    private let state: StateStore
    private let jobs: Int

    /// Smaller directories are looked for each time: that costs as much as asking for the times of the folders.
    package static let threshold = 2_000

    package init(in store: ObjectStore, state: StateStore, jobs: Int) {
        self.store = store
        self.state = state
        self.jobs = jobs
    }

    /// Which objects of a listing of `count` files the store lacks; sorted, without duplicates.
    ///
    /// `members` gives the objects of all its files, and is not called if they are known to be there.
    package func missing(
        of listing: ObjectName,
        count: Int,
        members: () throws -> [ObjectName]
    ) throws -> [ObjectName] {
        guard count >= Self.threshold, let look = try look() else {
            return try store.missing(among: members(), jobs: jobs)
        }
        if look.isComplete(listing) { return [] }
        let missing = try store.missing(among: members(), jobs: jobs)
        if missing.isEmpty { look.remember(listing) }
        return missing
    }

    /// Whether the objects of a listing of `count` files are known to be there; asks for the times of the folders at most.
    package func isKnown(_ listing: ObjectName, count: Int) throws -> Bool {
        guard count >= Self.threshold, let look = try look() else { return false }
        return look.isComplete(listing)
    }

    /// Looks at the folders of the store, for several listings at once; nil if their times tell nothing.
    package func look() throws -> Look? {
        // Before the folders are looked at: what changes later is then seen to be younger.
        let clock = state.clock()
        guard let folders = try store.folders() else { return nil }
        return Look(
            store: store,
            state: state,
            stamp: StateStamp(folders: folders),
            isSettled: folders.allSatisfy(clock.canRecord)
        )
    }

    /// The folders of a store at one moment.
    package struct Look: Sendable {
        fileprivate let store: ObjectStore
        fileprivate let state: StateStore
        fileprivate let stamp: StateStamp
        /// False if a folder is so young that a later change might show the same times.
        fileprivate let isSettled: Bool

        /// Whether all files of a listing were there at this moment; nothing is said about the listing itself.
        package func isComplete(_ listing: ObjectName) -> Bool {
            state.row(key(listing), about: stamp) != nil
        }

        /// Remembers that a search which began after this moment found all files of a listing.
        package func remember(_ listing: ObjectName) {
            guard isSettled else { return }
            state.put(StateRow(listing.digest, stamp), key(listing))
        }

        private func key(_ listing: ObjectName) -> [UInt8] {
            state.keys.key(.completeListing, listing, in: store)
        }
    }
}

extension StateStamp {
    fileprivate init(folders: [FileStatus]) {
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
