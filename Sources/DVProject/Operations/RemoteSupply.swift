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
    private struct Lack {
        let group: RemoteGroup
        let names: SortedNames
    }

    /// Where an object may be had: which group, and the place among its names.
    fileprivate struct Place {
        let group: Int
        let name: Int
    }

    /// How many objects to fetch at once.
    let jobs: Int
    private let lacks: [Lack]
    /// For each name of each group, whether nobody has asked for it yet.
    private let untouched: Mutex<[[Bool]]>
    private let fetched = Atomic<Int>(0)

    /// `names` are sorted and without duplicates.
    init(_ lacks: [(group: RemoteGroup, names: [ObjectName])], jobs: Int) {
        self.jobs = jobs
        self.lacks = lacks.map { Lack(group: $0.group, names: SortedNames($0.names)) }
        untouched = Mutex(lacks.map { Array(repeating: true, count: $0.names.count) })
    }

    var fetchedCount: Int { fetched.load(ordering: .relaxed) }

    /// What nobody has asked for yet, by where it may be had.
    func rest() -> [(group: RemoteGroup, names: [ObjectName])] {
        zip(lacks, untouched.withLock(\.self)).map { lack, untouched in
            let rest = zip(lack.names.names, untouched).filter { $1 && !$0.isListing }
            return (lack.group, rest.map(\.0))
        }
    }

    func has(_ name: ObjectName, _ scheme: HashScheme) -> Bool {
        place(of: name, scheme) != nil
    }

    func makeSupplier(for scheme: HashScheme) -> any ObjectSupplier {
        RemoteSupplier(supply: self, scheme: scheme)
    }

    /// False if someone has asked for the object before.
    fileprivate func claim(_ place: Place) -> Bool {
        untouched.withLock { untouched in
            defer { untouched[place.group][place.name] = false }
            return untouched[place.group][place.name]
        }
    }

    fileprivate func place(of name: ObjectName, _ scheme: HashScheme) -> Place? {
        for (index, lack) in lacks.enumerated() where lack.group.cache.scheme == scheme {
            if let place = lack.names.place(of: name) { return Place(group: index, name: place) }
        }
        return nil
    }

    fileprivate func group(_ index: Int) -> RemoteGroup { lacks[index].group }

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
            guard let place = supply.place(of: name, scheme) else {
                throw ObjectError.missing(name)
            }
            let isFirst = supply.claim(place)
            if !isFirst, try supply.group(place.group).cache.contains(name) { return }
            do {
                try channel(to: place.group).download(name, scratch: scratch)
            } catch let error where !ObjectTransfer.concernsAll(error) {
                throw SupplyError(failure: TransferFailure(name: name, error: error))
            }
            if isFirst { supply.fetched.add(1, ordering: .relaxed) }
        }

        func readAhead(_ names: ArraySlice<ObjectName>, scratch: ObjectScratch) throws -> Int {
            guard let first = names.first, let group = supply.place(of: first, scheme)?.group else {
                return 1
            }
            let equals = names.prefix { supply.place(of: $0, scheme)?.group == group }
            do {
                return try channel(to: group).readAhead(equals, .download, scratch: scratch)
            } catch let error as Interrupted {
                throw error
            } catch {
                // Without a connection: `supply` meets the same, and tells of which object.
                return equals.count
            }
        }

        private func channel(to index: Int) throws -> any RemoteChannel {
            if let channel = channels[index] { return channel }
            let group = supply.group(index)
            let channel = try group.remote.makeChannel(to: group.cache, progress: progress)
            channels[index] = channel
            return channel
        }
    }
}

/// An object that a checkout needed and no remote gave.
struct SupplyError: Error {
    let failure: TransferFailure
}
