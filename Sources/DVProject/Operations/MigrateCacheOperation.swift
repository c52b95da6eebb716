import DVFormats
import DVHashing
import DVObjects
import DVReporting
import DVSystem

/// What a migration of the cache from DVC 2's layout did.
package struct CacheMigration: Sendable {
    /// An object that stays in the old layout only.
    package struct Left: Sendable {
        package enum Reason: Sendable {
            case damaged
            /// A directory of which the old layout does not have every file.
            case incomplete
        }

        package let name: ObjectName
        package let reason: Reason
        /// Where it was last needed; nil if nowhere in the history.
        package var origin: ObjectOrigin?
    }

    /// How many objects are new in the layout of DVC 3.
    package var stored = 0
    /// Sorted by name.
    package var left: [Left] = []
    /// The names of the same content in both layouts, for what is in the new one.
    var names: [ObjectName: ObjectName] = [:]
}

/// Stores what DVC 2 put into the cache in the layout of DVC 3 as well, under the true digests.
package struct MigrateCacheOperation {
    private let jobs: Int?

    package init(jobs: Int?) {
        self.jobs = jobs
    }

    /// How many objects the old layout has.
    package func count(in project: Project) throws -> Int {
        try project.legacyCache.count(jobs: jobs ?? project.settings.jobs)
    }

    /// Nothing of the old layout is removed or changed; objects that are not what their names say are told and left.
    ///
    /// Listings get the digests that their files have in the new layout. (DVC copies them as they are.)
    package func run(in project: Project) throws -> CacheMigration {
        let jobs = jobs ?? project.settings.jobs
        let report = try project.withProgress("Migrating") { progress in
            try project.cache.takeOver(from: project.legacyCache, jobs: jobs, progress: progress)
        }
        var migration = CacheMigration()
        migration.stored = report.stored
        migration.left = report.damaged.map { .init(name: $0.name, reason: .damaged) }
        for (old, new) in report.digests { migration.names[ObjectName(old)] = ObjectName(new) }
        for name in try project.legacyCache.listingNames(jobs: jobs) {
            try Interruption.check()
            try add(name, report.digests, to: &migration, in: project)
        }
        try project.cache.synchronize()
        try name(&migration.left, in: project)
        return migration
    }

    private func add(
        _ name: ObjectName,
        _ digests: [Digest: Digest],
        to migration: inout CacheMigration,
        in project: Project
    ) throws {
        do {
            guard let listing = try translated(name, digests, in: project) else {
                return migration.left.append(.init(name: name, reason: .incomplete))
            }
            let new = listing.objectName()
            let isNew = try !project.cache.contains(new)
            let scratch = project.cache.makeScratch()
            _ = try project.cache.insert(
                bytes: listing.serialized(),
                isListing: true,
                scratch: scratch
            )
            if isNew { migration.stored += 1 }
            migration.names[name] = new
        } catch let error where error is FormatError || Self.isDamage(error) {
            migration.left.append(.init(name: name, reason: .damaged))
        }
    }

    private static func isDamage(_ error: any Error) -> Bool {
        if case ObjectError.corrupt = error { true } else { false }
    }

    /// The same files under their new digests; nil if one of them is not in the new layout.
    private func translated(
        _ name: ObjectName,
        _ digests: [Digest: Digest],
        in project: Project
    ) throws -> DirectoryListing? {
        let listing = try project.listing(ContentRecord(name, scheme: .md5DOS2Unix))
        var builder = DirectoryListing.Builder(reserving: listing.count)
        for index in listing.indices {
            guard let digest = digests[listing.digest(at: index)] else { return nil }
            listing.withPath(at: index) { builder.append(pathBytes: $0, digest) }
        }
        return try builder.finish(file: name.text)
    }

    private func name(_ left: inout [CacheMigration.Left], in project: Project) throws {
        let origins = try ObjectOrigins.newest(of: left.map(\.name), .md5DOS2Unix, in: project)
        for index in left.indices { left[index].origin = origins[left[index].name] }
        left.sort { $0.name < $1.name }
    }
}
