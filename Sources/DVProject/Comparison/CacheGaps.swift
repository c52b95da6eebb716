import DVFormats
import DVHashing
import DVObjects
import DVSystem

/// A recorded path whose object some store does not have.
struct ObjectGap: Sendable {
    let path: RelativePath
    let name: ObjectName

    /// As DVC prints it.
    var shown: String { TrackedChange.shown(path, isFolder: name.isListing) }
}

extension TrackedState {
    /// The outputs, and with `isGranular` the files of directories, whose objects a store does not have; sorted by path.
    ///
    /// `missing` tells which of some objects are not there: it is asked once for each output. A directory without a
    /// listing in the cache counts as itself only.
    func gaps(
        in project: Project,
        _ scope: PathScope,
        isGranular: Bool,
        missing: (RelativePath, HashScheme, [ObjectName]) throws -> [ObjectName]
    ) throws -> [ObjectGap] {
        var gaps: [ObjectGap] = []
        for (path, content) in contents where scope.overlaps(path) {
            try Interruption.check()
            let name = content.record.name
            let listing =
                isGranular && content.isFolder ? try content.listing(in: project) : nil
            let members = listing ?? DirectoryListing()
            let names = members.indices.map { ObjectName(members.digest(at: $0)) } + [name]
            let lost = Set(try missing(path, content.record.scheme, names))
            if lost.isEmpty { continue }
            if scope.contains(path), lost.contains(name) {
                gaps.append(ObjectGap(path: path, name: name))
            }
            for index in members.indices {
                let member = ObjectName(members.digest(at: index))
                guard lost.contains(member) else { continue }
                let whole = path.appending(members.path(at: index))
                if scope.contains(whole) { gaps.append(ObjectGap(path: whole, name: member)) }
            }
        }
        return gaps.sorted { $0.path < $1.path }
    }

    /// The same for the cache.
    func gapsInCache(
        of project: Project,
        _ scope: PathScope,
        isGranular: Bool
    ) throws -> [ObjectGap] {
        try gaps(in: project, scope, isGranular: isGranular) { _, scheme, names in
            try project.cache(for: scheme).missing(among: names, jobs: project.settings.jobs)
        }
    }
}
