import DVHashing
import DVObjects
import DVRemotes
import DVReporting
import DVSystem
import DVWorkspace
import Synchronization

/// What the cache lacks and remotes should have, for a checkout that fetches on the way.
///
/// One pass then makes the object and the file: each object is read and verified once.
final class RemoteSupply: ObjectSupply {
    private struct Key: Hashable {
        let name: ObjectName
        let scheme: HashScheme
    }

    /// How many objects to fetch at once.
    let jobs: Int
    private let groups: [RemoteGroup]
    /// Which group an object belongs to.
    private let places: [Key: Int]
    private let untouched: Mutex<Set<Key>>
    private let fetched = Atomic<Int>(0)

    init(_ lacks: [(group: RemoteGroup, names: [ObjectName])], jobs: Int) {
        self.jobs = jobs
        groups = lacks.map(\.group)
        var places: [Key: Int] = [:]
        for (index, lack) in lacks.enumerated() {
            for name in lack.names where !name.isListing {
                places[Key(name: name, scheme: lack.group.cache.scheme)] = index
            }
        }
        self.places = places
        untouched = Mutex(Set(places.keys))
    }

    var fetchedCount: Int { fetched.load(ordering: .relaxed) }

    /// What nobody has asked for yet, by where it may be had.
    func rest() -> [(group: RemoteGroup, names: [ObjectName])] {
        let keys = untouched.withLock(\.self)
        let names = Dictionary(grouping: keys) { places[$0] ?? 0 }
        return groups.indices.map { (groups[$0], (names[$0] ?? []).map(\.name).sorted()) }
    }

    func has(_ name: ObjectName, _ scheme: HashScheme) -> Bool {
        places[Key(name: name, scheme: scheme)] != nil
    }

    func makeSupplier(for scheme: HashScheme) -> any ObjectSupplier {
        RemoteSupplier(supply: self, scheme: scheme)
    }

    /// False if someone has asked for the object before.
    fileprivate func claim(_ name: ObjectName, _ scheme: HashScheme) -> Bool {
        untouched.withLock { $0.remove(Key(name: name, scheme: scheme)) } != nil
    }

    fileprivate func group(of name: ObjectName, _ scheme: HashScheme) -> Int? {
        places[Key(name: name, scheme: scheme)]
    }

    /// Fetches objects with connections of its own.
    private final class RemoteSupplier: ObjectSupplier {
        private let supply: RemoteSupply
        private let scheme: HashScheme
        private let progress = Progress("Fetching")
        private var channels: [Int: any RemoteChannel] = [:]

        init(supply: RemoteSupply, scheme: HashScheme) {
            self.supply = supply
            self.scheme = scheme
        }

        func supply(_ name: ObjectName, scratch: ObjectScratch) throws {
            guard let place = supply.group(of: name, scheme) else {
                throw ObjectError.missing(name)
            }
            let isFirst = supply.claim(name, scheme)
            if !isFirst, try supply.groups[place].cache.contains(name) { return }
            do {
                try channel(to: place).download(name, scratch: scratch)
            } catch let error where !ObjectTransfer.concernsAll(error) {
                throw SupplyError(failure: TransferFailure(name: name, error: error))
            }
            if isFirst { supply.fetched.add(1, ordering: .relaxed) }
        }

        func readAhead(_ names: ArraySlice<ObjectName>, scratch: ObjectScratch) throws -> Int {
            guard let first = names.first, let place = supply.group(of: first, scheme) else {
                return 1
            }
            let equals = names.prefix { supply.group(of: $0, scheme) == place }
            do {
                return try channel(to: place).readAhead(equals, .download, scratch: scratch)
            } catch let error as Interrupted {
                throw error
            } catch {
                // Without a connection: `supply` meets the same, and tells of which object.
                return equals.count
            }
        }

        private func channel(to place: Int) throws -> any RemoteChannel {
            if let channel = channels[place] { return channel }
            let group = supply.groups[place]
            let channel = try group.remote.makeChannel(to: group.cache, progress: progress)
            channels[place] = channel
            return channel
        }
    }
}

/// An object that a checkout needed and no remote gave.
struct SupplyError: Error {
    let failure: TransferFailure
}
