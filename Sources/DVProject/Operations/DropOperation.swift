import DVFormats
import DVHashing
import DVObjects
import DVRemotes
import DVReporting
import DVSystem

/// What left the cache.
package struct DropReport: Sendable {
    package let objects: Int
    /// Bytes as stored.
    package let bytes: Int64
}

/// Removes objects of some outputs from the cache: only those that a remote surely has.
package struct DropOperation {
    private let request: TransferRequest

    package init(_ request: TransferRequest) {
        self.request = request
    }

    /// Each object of the remote is read and compared with its name before the cache loses it.
    ///
    /// Throws `ProjectError.notInRemote` before anything is removed if the remote lacks one, or has it damaged. Listings
    /// stay in the cache: they are small, and status needs them.
    package func run(in project: Project) throws -> DropReport {
        if project.settings.store.linkTypes.contains(.symlink) {
            throw ProjectError.linksNeedPlainObjects(.symlink)
        }
        let collection = try StageCollection.read(project)
        let outputs = try collection.trackedOutputs(of: request.selection, in: project)
        let used = try UsedObjects(outputs, in: project)
        let groups = try used.byRemote(request.remote, in: project)
        for group in groups { try check(group, in: project) }
        var removed: [UnusedObject] = []
        for group in groups {
            removed += try group.cache.remove(
                Self.members(of: group).map { UnusedObject(name: $0, size: 0, stored: 0) },
                unlessNewerThan: .max,
                jobs: request.jobs(in: project)
            )
        }
        return DropReport(objects: removed.count, bytes: removed.reduce(0) { $0 + $1.size })
    }

    private static func members(of group: RemoteGroup) -> [ObjectName] {
        group.names.filter { !$0.isListing }
    }

    private func check(_ group: RemoteGroup, in project: Project) throws {
        let names = Self.members(of: group)
        let jobs = request.jobs(with: group.remote, in: project)
        var bad = Set(try group.remote.missing(among: names, jobs: jobs))
        let findings = try project.withProgress("Verifying the remote") { progress in
            try group.remote.verify(names, isQuick: false, jobs: jobs, progress: progress)
        }
        bad.formUnion(findings.damaged.map(\.name))
        guard !bad.isEmpty else { return }
        let paths = bad.map { group.path(needing: $0, in: project) }
        throw ProjectError.notInRemote(paths.sorted())
    }
}
