import DVFormats
import DVHashing
import DVObjects
import DVPipeline
import DVSystem

/// The names of all objects that snapshots of a project need: the workspace, revisions, other projects with the same cache.
///
/// Each recorded content is looked at once, however many snapshots have it.
struct NeededObjects {
    private var names: [HashScheme: Set<ObjectName>] = [:]
    private var seen: Set<ContentRecord> = []
    /// Directories whose listings the cache does not have, so that their members are not known.
    private(set) var unlisted: [TrackedOutput] = []

    /// Adds what a snapshot needs; `project` has the listings.
    mutating func add(_ collection: StageCollection, in project: Project) throws {
        let all = collection.stages.map { SelectedStage(stage: $0, part: nil) }
        for output in try collection.trackedOutputs(all, in: project) {
            try add(output, in: project)
        }
    }

    private mutating func add(_ output: TrackedOutput, in project: Project) throws {
        guard let record = output.record, seen.insert(record).inserted else { return }
        names[record.scheme, default: []].insert(record.name)
        guard record.name.isListing else { return }
        do {
            let listing = try project.listing(record)
            names[record.scheme, default: []].formUnion(members: listing)
        } catch ObjectError.missing {
            unlisted.append(output)
            seen.remove(record)
        }
    }

    /// Takes a second look at directories whose listings were fetched meanwhile.
    mutating func retryUnlisted(in project: Project) throws {
        let outputs = unlisted
        unlisted = []
        for output in outputs { try add(output, in: project) }
    }

    /// Names under a scheme.
    func names(_ scheme: HashScheme) -> Set<ObjectName> { names[scheme] ?? [] }

    /// Drops names that are not wanted any more.
    mutating func subtract(_ others: Set<ObjectName>, _ scheme: HashScheme) {
        names[scheme]?.subtract(others)
    }
}

extension Set<ObjectName> {
    /// Room is made at once: growing step by step moves every name several times.
    fileprivate mutating func formUnion(members listing: DirectoryListing) {
        reserveCapacity(count + listing.count)
        for index in listing.indices { insert(ObjectName(listing.digest(at: index))) }
    }
}
