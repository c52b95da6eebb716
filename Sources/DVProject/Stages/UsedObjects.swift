import DVFormats
import DVHashing
import DVObjects
import DVSystem

/// The objects that some outputs need, with a path for each.
struct UsedObjects: Sendable {
    /// One output, or the part of it that was asked for.
    struct Group: Sendable {
        let scheme: HashScheme
        /// The remote this output is bound to, if any.
        let remote: String?
        let output: TrackedOutput
        let record: ContentRecord
        /// The wanted members of a directory; nil for a file, and for a directory whose listing the cache does not have.
        let members: DirectoryListing?
        /// Where the members are: the output, or a folder in it.
        let memberRoot: AbsolutePath

        /// Members first, the listing last.
        var names: [ObjectName] {
            let members =
                members.map { list in list.indices.map { ObjectName(list.digest(at: $0)) } } ?? []
            return members + [record.name]
        }

        /// Whether the directory has members that are not wanted.
        var isPart: Bool { record.name.isListing && !output.partInside.isEmpty }

        var isListingMissing: Bool { record.name.isListing && members == nil }

        /// The path that needs `name`; the output itself for the listing.
        func path(needing name: ObjectName) -> AbsolutePath {
            guard !name.isListing, let members,
                let index = members.indices.first(where: { members.digest(at: $0) == name.digest })
            else { return output.part }
            return memberRoot.appending(members.path(at: index))
        }
    }

    let groups: [Group]

    init(groups: [Group]) {
        self.groups = groups
    }

    /// Reads the listings of directories from the cache; those that are not there are left for a fetch.
    init(_ outputs: [TrackedOutput], in project: Project) throws {
        groups = try outputs.compactMap { output in
            guard let record = output.record else { return nil }
            return try Self.group(output, record, in: project)
        }
    }

    /// Those that were read of whole directories, by their names.
    var wholeListings: [ObjectName: DirectoryListing] {
        groups.reduce(into: [:]) { listings, group in
            if !group.isPart { listings[group.record.name] = group.members }
        }
    }

    private static func group(
        _ output: TrackedOutput,
        _ record: ContentRecord,
        in project: Project
    ) throws -> Group {
        var members: DirectoryListing?
        var root = output.output.path
        if record.name.isListing {
            do {
                let listing = try project.listing(record)
                (members, root) = try part(of: listing, output)
            } catch ObjectError.missing {
                members = nil
            }
        }
        return Group(
            scheme: record.scheme,
            remote: output.output.options.remote,
            output: output,
            record: record,
            members: members,
            memberRoot: root
        )
    }

    /// The files of `listing` at or below the wanted part, and the folder that their paths start from.
    private static func part(
        of listing: DirectoryListing,
        _ output: TrackedOutput
    ) throws -> (DirectoryListing, AbsolutePath) {
        let inside = output.partInside
        if inside.isEmpty { return (listing, output.output.path) }
        if let index = listing.index(of: inside) {
            var single = DirectoryListing.Builder(reserving: 1)
            single.append(inside, listing.digest(at: index))
            return (try single.finish(file: output.output.written), output.output.path)
        }
        let members = listing.listing(below: inside)
        guard members.count > 0 else {
            throw ProjectError.notInListing(path: output.part, output: output.output.path)
        }
        return (members, output.part)
    }
}
