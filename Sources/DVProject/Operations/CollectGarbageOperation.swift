import DVFormats
import DVHashing
import DVObjects
import DVRemotes
import DVReporting
import DVSystem
import Glibc

/// What a garbage collection keeps and where it works.
package struct GarbageOptions: Sendable {
    /// Besides what the workspace needs, which always stays.
    package var kept = RevisionScope()
    /// Other projects whose workspaces and revisions are kept too: they share the cache.
    package var projects: [String] = []
    /// Also collects in the remote.
    package var isCollectingRemote = false
    /// Removes from the cache what the remote has, needed or not.
    package var isDroppingPushed = false
    package var remote: String?
    package var isDry = false
    /// Goes on although a revision cannot be read or a listing is nowhere to be had.
    package var isSkippingFailures = false
    /// Objects stored in the last so many seconds stay.
    package var keepsNewer: Int64 = 0
    package var jobs: Int?

    package init() {}
}

/// An object that went, or would go.
package struct GarbageEntry: Sendable {
    package let object: UnusedObject
    /// Where it was last needed; nil if nowhere in the history.
    package let origin: ObjectOrigin?
    /// Seconds since it was stored.
    package let age: Int64
}

/// What a garbage collection removed from one place.
package struct GarbageReport: Sendable {
    /// Nil for the cache.
    package let remote: String?
    /// Whether these are objects of DVC 2.
    package let isLegacy: Bool
    package let entries: [GarbageEntry]

    package var totalSize: Int64 { entries.reduce(0) { $0 + $1.object.size } }
}

/// Removes objects that nothing needs any more.
package struct CollectGarbageOperation {
    private let options: GarbageOptions

    package init(_ options: GarbageOptions) {
        self.options = options
    }

    /// Takes the locks of all projects concerned.
    ///
    /// Objects that anybody stores or finds useful from now on stay.
    ///
    /// Throws `ProjectError.listingsUnknown` before anything is removed if it is not known what a kept directory holds.
    package func run(in project: Project) throws -> [GarbageReport] {
        let moment = try Self.now() - options.keepsNewer * 1_000_000_000
        let all = try projects(with: project)
        return try hold(all[...]) {
            var needed = try self.needed(by: all)
            let remotes = try self.remotes(of: project, boundRemotes: needed.boundRemotes)
            if options.isDroppingPushed { try drop(&needed, in: remotes, project) }
            let caches = [project.cache, project.legacyCache].map {
                GarbagePlace(remote: nil, scheme: $0.scheme, collection: $0)
            }
            let places = caches + (options.isCollectingRemote ? remotes.map(\.place) : [])
            return try places.map { try collect(in: $0, needed, moment, project) }
        }
    }

    /// Each once, in an order that is the same for every process: none waits for one that waits for it.
    private func projects(with project: Project) throws -> [Project] {
        var byRoot = [try project.root.resolvingLinks(): project]
        for folder in options.projects {
            let other = try Self.open(folder, from: project)
            let root = try other.root.resolvingLinks()
            if byRoot[root] == nil { byRoot[root] = other }
        }
        return byRoot.sorted { $0.key < $1.key }.map(\.value)
    }

    /// A folder that is gone must not be taken for a part of the project around it.
    private static func open(_ folder: String, from project: Project) throws -> Project {
        let path = project.path(of: folder)
        guard try FileStatus.followingIfPresent(path)?.isDirectory == true else {
            throw ProjectError.projectMissing(folder)
        }
        return try Project.open(from: path, reporter: project.reporter)
    }

    private func jobs(_ place: any ObjectCollection, _ project: Project) -> Int {
        place.jobs(options.jobs, usual: project.settings.jobs)
    }

    private static func now() throws -> Int64 {
        var time = timespec()
        guard clock_gettime(CLOCK_REALTIME, &time) == 0 else {
            throw SystemError.last("read", "the clock")
        }
        return time.nanoseconds
    }

    private func hold<Result>(_ projects: ArraySlice<Project>, _ body: () throws -> Result) throws
        -> Result
    {
        guard let first = projects.first else { return try body() }
        return try first.lock.hold { try hold(projects.dropFirst(), body) }
    }

    // MARK: What is needed

    private func needed(by projects: [Project]) throws -> NeededObjects {
        var needed = NeededObjects()
        for project in projects {
            try needed.add(StageCollection.read(project, isComplete: true), in: project)
            if !options.kept.isEmpty { try addRevisions(to: &needed, project) }
            try fetchListings(&needed, in: project)
        }
        return needed
    }

    private func addRevisions(to needed: inout NeededObjects, _ project: Project) throws {
        let history = try ProjectHistory(of: project)
        for commit in try history.commits(in: options.kept) {
            try Interruption.check()
            do {
                try needed.add(history.stages(at: commit), in: project)
            } catch let error where options.isSkippingFailures && !(error is Interrupted) {
                project.reporter.report(
                    .warning("Failed to collect '\(commit.id.hex.prefix(7))', skipping: \(error)")
                )
            }
        }
    }

    /// Only listings tell which members are needed: they are fetched before it is decided that something is garbage.
    private func fetchListings(_ needed: inout NeededObjects, in project: Project) throws {
        guard !needed.unlisted.isEmpty else { return }
        if options.remote != nil || project.settings.defaultRemote != nil {
            var fetch = FetchRun(project: project, remote: options.remote, jobs: options.jobs)
            try fetch.fetchListings(of: needed.unlisted)
            try needed.retryUnlisted(in: project)
        }
        guard !needed.unlisted.isEmpty, !options.isSkippingFailures else { return }
        throw ProjectError.listingsUnknown(needed.unlisted.map { project.display($0.output.path) })
    }

    // MARK: Places

    private struct GarbagePlace {
        let remote: String?
        let scheme: HashScheme
        let collection: any ObjectCollection
    }

    private struct RemotePlace {
        let place: GarbagePlace
        /// Whether this is the remote of outputs that are bound to none.
        let isDefault: Bool
    }

    /// The chosen or default remote, and without a choice those that outputs are bound to as well.
    private func remotes(
        of project: Project,
        boundRemotes: [String]
    ) throws -> [RemotePlace] {
        guard options.isCollectingRemote || options.isDroppingPushed else { return [] }
        let settings = project.settings
        let main = try settings.remote(options.remote)
        var definitions = [main]
        if options.remote == nil {
            // One that older commits name and that is gone cannot be reached.
            let known = Set(settings.remoteNames)
            definitions += try boundRemotes.filter { $0 != main.name && known.contains($0) }
                .map(settings.remote)
        }
        return try definitions.flatMap { definition in
            try [HashScheme.md5, .md5DOS2Unix].map { scheme in
                let place = GarbagePlace(
                    remote: definition.name,
                    scheme: scheme,
                    collection: try definition.open(scheme: scheme)
                )
                return RemotePlace(place: place, isDefault: definition == main)
            }
        }
    }

    /// What an output needs can go if its own remote has it: a fetch looks nowhere else.
    private func drop(
        _ needed: inout NeededObjects,
        in remotes: [RemotePlace],
        _ project: Project
    ) throws {
        try needed.reduce { names, scheme, own in
            let remote = remotes.first {
                $0.place.scheme == scheme && (own == nil ? $0.isDefault : $0.place.remote == own)
            }
            guard let place = remote?.place.collection else { return names }
            return try place.missing(among: names, jobs: jobs(place, project))
        }
    }

    private func collect(
        in place: GarbagePlace,
        _ needed: NeededObjects,
        _ moment: Int64,
        _ project: Project
    ) throws -> GarbageReport {
        let jobs = jobs(place.collection, project)
        let used = needed.names(place.scheme)
        let found = try project.withProgress("Collecting") { _ in
            try place.collection.unused(besides: used, jobs: jobs)
        }
        .filter { $0.stored <= moment }
        let origins = try ObjectOrigins.newest(
            of: found.map(\.name),
            place.scheme,
            // What a needed listing names is needed too, unless that is what goes.
            passing: options.isDroppingPushed ? SortedNames() : used,
            in: project
        )
        let gone =
            options.isDry
            ? found
            : try remove(found, from: place.collection, unlessNewerThan: moment, jobs: jobs)
        let now = try Self.now()
        let entries = gone.map { object in
            GarbageEntry(
                object: object,
                origin: origins[object.name],
                age: max(0, now - object.stored) / 1_000_000_000
            )
        }
        return GarbageReport(
            remote: place.remote,
            isLegacy: place.scheme != .md5,
            entries: entries.sorted(by: Self.isBefore)
        )
    }

    /// Listings first: one that is there promises its files.
    private func remove(
        _ objects: [UnusedObject],
        from place: any ObjectCollection,
        unlessNewerThan moment: Int64,
        jobs: Int
    ) throws -> [UnusedObject] {
        let listings = objects.filter(\.name.isListing)
        let files = objects.filter { !$0.name.isListing }
        return try [listings, files].flatMap {
            try place.remove($0, unlessNewerThan: moment, jobs: jobs)
        }
    }

    /// By path, those without one last.
    private static func isBefore(_ left: GarbageEntry, _ right: GarbageEntry) -> Bool {
        switch (left.origin?.path, right.origin?.path) {
        case (let left?, let right?) where left != right: left < right
        case (_?, nil): true
        case (nil, _?): false
        default: left.object.name < right.object.name
        }
    }
}
