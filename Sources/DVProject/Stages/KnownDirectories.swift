import DVFormats
import DVHashing
import DVObjects
import DVRemotes
import DVSystem
import DVWorkspace

/// Which large directories the cache and remotes on this machine are known to have whole: their listings need no reading.
///
/// Looks at each store once; make a new one for what may have changed since.
struct KnownDirectories {
    private struct Place: Hashable {
        let remote: RemoteDefinition?
        let scheme: HashScheme
    }

    private struct Answers {
        let store: ObjectStore
        let look: CompleteListings.Look
    }

    private let project: Project
    private var answers: [Place: Answers?] = [:]

    init(_ project: Project) {
        self.project = project
    }

    /// Whether the cache has the listing of an output and all its files.
    mutating func isInCache(_ output: TrackedOutput) throws -> Bool {
        guard let record = output.largeDirectory else { return false }
        return try has(record, Place(remote: nil, scheme: record.scheme))
    }

    /// Whether the remote that an output goes to has its listing and all its files: its own, else `chosen`, else the default.
    mutating func isInRemote(_ output: TrackedOutput, _ chosen: String?) throws -> Bool {
        guard let record = output.largeDirectory else { return false }
        let own = output.output.options.remote
        // One that is bound to another remote is nobody's concern now.
        if let chosen, let own, own != chosen { return false }
        let remote = try project.settings.remote(own ?? chosen)
        return try has(record, Place(remote: remote, scheme: record.scheme))
    }

    private mutating func has(_ record: ContentRecord, _ place: Place) throws -> Bool {
        let known: Answers?
        if let earlier = answers[place] {
            known = earlier
        } else {
            known = try store(at: place).flatMap { store in
                try project.completeListings(in: store).look().map {
                    Answers(store: store, look: $0)
                }
            }
            answers.updateValue(known, forKey: place)
        }
        guard let known, known.look.isComplete(record.name) else { return false }
        return try known.store.contains(record.name)
    }

    /// Nil for remotes that are no folder.
    private func store(at place: Place) throws -> ObjectStore? {
        guard let remote = place.remote else { return project.cache(for: place.scheme) }
        // Opening others may ask for a password.
        guard remote.options.isOnThisMachine, !remote.isVersioned else { return nil }
        return (try remote.open(scheme: place.scheme) as? DirectoryRemote)?.store
    }
}

extension Project {
    func completeListings(in store: ObjectStore) -> CompleteListings {
        CompleteListings(in: store, state: state, jobs: settings.jobs)
    }
}

extension TrackedOutput {
    /// What is recorded of a directory, if it is wanted whole, and large enough to be remembered.
    fileprivate var largeDirectory: ContentRecord? {
        guard let record, record.name.isListing, record.cloud == nil,
            record.fileCount ?? 0 >= CompleteListings.threshold, partInside.isEmpty
        else { return nil }
        return record
    }
}

extension UsedObjects.Group {
    /// The listing, if it is of a directory that is worth remembering, and all its files are among the names.
    fileprivate var rememberedName: ObjectName? {
        members == nil ? nil : output.largeDirectory?.name
    }
}

extension [UsedObjects.Group] {
    /// What `store` lacks of these objects, by `search`; if that is nothing, their large directories are remembered.
    func missing(
        in store: ObjectStore,
        of project: Project,
        search: () throws -> [ObjectName]
    ) throws -> [ObjectName] {
        let listings = compactMap(\.rememberedName)
        let look = try listings.isEmpty ? nil : project.completeListings(in: store).look()
        let missing = try search()
        if missing.isEmpty, let look {
            for listing in listings { look.remember(listing) }
        }
        return missing
    }
}
