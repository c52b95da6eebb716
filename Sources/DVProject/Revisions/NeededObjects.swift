import DVFormats
import DVHashing
import DVObjects
import DVPipeline
import DVSystem

/// The names of all objects that snapshots of a project need: the workspace, revisions, other projects with the same cache.
///
/// Each recorded content is looked at once, however many snapshots have it.
struct NeededObjects {
    /// Where outputs have their objects besides the cache.
    private struct Place: Hashable {
        let scheme: HashScheme
        /// The remote that the output is bound to; nil for the default one.
        let remote: String?
    }

    private struct Sight: Hashable {
        let record: ContentRecord
        let remote: String?
    }

    private var names: [Place: NameCollection] = [:]
    private var seen: Set<Sight> = []
    private let isPassingDamage: Bool
    /// Directories whose listings the cache does not have, so that their members are not known.
    private(set) var unlisted: [TrackedOutput] = []

    /// With `isPassingDamage`, directories with damaged listings are `unlisted` too instead of an error.
    init(isPassingDamage: Bool = false) {
        self.isPassingDamage = isPassingDamage
    }

    /// Adds what a snapshot needs; `project` has the listings.
    mutating func add(_ collection: StageCollection, in project: Project) throws {
        let all = collection.stages.map { SelectedStage(stage: $0, part: nil) }
        for output in try collection.trackedOutputs(all, in: project) {
            try add(output, in: project)
        }
    }

    private mutating func add(_ output: TrackedOutput, in project: Project) throws {
        guard let record = output.record else { return }
        let sight = Sight(record: record, remote: output.output.options.remote)
        guard seen.insert(sight).inserted else { return }
        let place = Place(scheme: record.scheme, remote: sight.remote)
        names[place, default: NameCollection()].append(record.name)
        guard record.name.isListing else { return }
        do {
            add(try project.listing(record), at: place)
        } catch let error as ObjectError {
            switch error {
            case .missing: break
            case .corrupt where isPassingDamage: break
            default: throw error
            }
            unlisted.append(output)
            seen.remove(sight)
        }
    }

    private mutating func add(_ listing: DirectoryListing, at place: Place) {
        names[place, default: NameCollection()].append(membersOf: listing)
    }

    /// Looks for unknown listings in a remote; the cache stays as it is.
    mutating func addListings(from remote: String, in project: Project) throws {
        for output in unlisted {
            guard let record = output.record else { continue }
            do {
                guard
                    let listing = try project.remoteListing(
                        record,
                        on: { try project.settings.remote(remote) }
                    )
                else {
                    continue
                }
                let own = output.output.options.remote
                add(listing, at: Place(scheme: record.scheme, remote: own))
            } catch is ObjectError {
                // Damaged there too: told as such, and what it names is not known.
            }
        }
    }

    /// Takes a second look at directories whose listings were fetched meanwhile.
    mutating func retryUnlisted(in project: Project) throws {
        let outputs = unlisted
        unlisted = []
        for output in outputs { try add(output, in: project) }
    }

    /// Names under a scheme.
    func names(_ scheme: HashScheme) -> SortedNames {
        var places = names.filter { $0.key.scheme == scheme }.values.map(\.names)[...]
        let first = places.popFirst() ?? []
        return SortedNames(unordered: places.reduce(first, +))
    }

    /// The remotes that outputs are bound to, sorted.
    var boundRemotes: [String] { Set(names.keys.compactMap(\.remote)).sorted() }

    /// Keeps those names only that `missing` gives of each place's.
    mutating func reduce(
        to missing: ([ObjectName], HashScheme, _ remote: String?) throws -> [ObjectName]
    ) rethrows {
        for (place, names) in names {
            let kept = try missing(names.ordered.names, place.scheme, place.remote)
            self.names[place] = NameCollection(kept)
        }
    }
}

/// Names as they come, with duplicates until those are a quarter of all.
///
/// Half the memory of a set, and no table in which each name of a large listing misses the processor's caches.
private struct NameCollection {
    private(set) var names: [ObjectName] = []
    private var limit = Self.slack

    private static let slack = 1 << 16

    init(_ names: [ObjectName] = []) {
        self.names = names
        limit += names.count
    }

    var ordered: SortedNames { SortedNames(unordered: names) }

    mutating func append(_ name: ObjectName) {
        dropDuplicates()
        names.append(name)
    }

    mutating func append(membersOf listing: DirectoryListing) {
        dropDuplicates()
        // Room for a large one is made at once: growing step by step moves every name several times.
        if listing.count > names.count { names.reserveCapacity(names.count + listing.count) }
        for index in listing.indices { names.append(ObjectName(listing.digest(at: index))) }
    }

    private mutating func dropDuplicates() {
        guard names.count > limit else { return }
        names = ordered.names
        limit = names.count + names.count / 4 + Self.slack
    }
}
