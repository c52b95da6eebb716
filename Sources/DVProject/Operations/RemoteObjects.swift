import DVFormats
import DVHashing
import DVObjects
import DVRemotes
import DVReporting
import DVSystem

/// The objects of some outputs that go to or come from one remote under one hash scheme.
struct RemoteGroup {
    let remote: any Remote
    let cache: ObjectStore
    let groups: [UsedObjects.Group]

    /// Every object once, sorted.
    var names: [ObjectName] {
        var names = groups.flatMap(\.names)
        names.sort()
        return names.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }

    /// What the remote does not have, sorted; `jobs` are for asking it.
    ///
    /// Where asking is slow, the files of a directory whose listing is there are not asked for.
    func missingRemotely(jobs: Int, in project: Project) throws -> [ObjectName] {
        if let remote = remote as? DirectoryRemote {
            return try groups.missing(in: remote.store, of: project) {
                try remote.missing(among: self.names, jobs: jobs)
            }
        }
        guard remote.isTrustingListings else {
            return try remote.missing(among: names, jobs: jobs)
        }
        let listings = groups.map(\.record.name).filter(\.isListing)
        let absent = Set(try remote.missing(among: listings, jobs: jobs))
        let open = groups.filter { !$0.record.name.isListing || absent.contains($0.record.name) }
        let proven = Set(listings).subtracting(absent)
        let names = RemoteGroup(remote: remote, cache: cache, groups: open).names
        project.reporter.report(
            .detail(
                "\(remote.location): \(proven.count) directories are there by their listings, asking for \(names.count) objects"
            )
        )
        return try remote.missing(among: names, jobs: jobs)
    }

    /// The first path that needs `name`.
    func path(needing name: ObjectName, in project: Project) -> String {
        let group = groups.first {
            $0.record.name == name || $0.members?.contains { $0.digest == name.digest } == true
        }
        return group.map { project.display($0.path(needing: name)) } ?? name.text
    }

    /// One for each path that needs what failed.
    func problems(_ failures: [TransferFailure], in project: Project) -> [TransferProblem] {
        guard !failures.isEmpty else { return [] }
        let errors = Dictionary(failures.map { ($0.name, $0.error) }) { first, _ in first }
        var problems: [String: TransferProblem] = [:]
        func note(_ name: ObjectName, _ path: @autoclosure () -> AbsolutePath) {
            guard let error = errors[name] else { return }
            let shown = project.display(path())
            problems[shown] = TransferProblem(path: shown, name: name, error: error)
        }
        for group in groups {
            note(group.record.name, group.output.part)
            guard let members = group.members else { continue }
            for index in members.indices {
                note(
                    ObjectName(members.digest(at: index)),
                    group.memberRoot.appending(members.path(at: index))
                )
            }
        }
        let named = Set(problems.values.map(\.name))
        // Those that no path is known for.
        let rest = failures.filter { !named.contains($0.name) }.map {
            TransferProblem(path: $0.name.text, name: $0.name, error: $0.error)
        }
        return problems.values.sorted { $0.path < $1.path } + rest
    }
}

extension UsedObjects {
    /// Splits the groups by where their objects go: the remote an output is bound to, else `chosen`, else the default.
    func byRemote(
        _ chosen: String?,
        limit: Bandwidth? = nil,
        in project: Project
    ) throws -> [RemoteGroup] {
        var order: [RemoteKey] = []
        var split: [RemoteKey: [Group]] = [:]
        for group in groups {
            // As in DVC: with a remote chosen, outputs bound to another one are left out.
            if let chosen, let own = group.remote, own != chosen { continue }
            let definition = try project.settings.remote(group.remote ?? chosen)
            let key = RemoteKey(definition: definition, scheme: group.scheme)
            if split[key] == nil { order.append(key) }
            split[key, default: []].append(group)
        }
        return try order.map { key in
            let groups = split[key] ?? []
            let outputs = groups.compactMap {
                VersionedOutput($0.output.output.path, $0.record, in: project.root)
            }
            return RemoteGroup(
                remote: try key.definition.open(scheme: key.scheme, holding: outputs, limit: limit),
                cache: project.cache(for: key.scheme),
                groups: groups
            )
        }
    }
}

private struct RemoteKey: Hashable {
    let definition: RemoteDefinition
    let scheme: HashScheme
}
