import DVFormats
import DVHashing
import DVObjects
import DVRemotes
import DVReporting
import DVSystem

/// Sends files to a remote that keeps them under their own paths, and records which version has their content.
struct VersionedPush {
    let project: Project
    let remote: VersionedRemote
    let jobs: Int

    /// A file of an output.
    private struct Item {
        /// Which of the outputs.
        let group: Int
        let name: ObjectName
        /// From the root of the project, and so of the remote.
        let path: RelativePath
        let known: CloudVersion?
    }

    private struct Done {
        let item: Item
        let version: CloudVersion
        let size: Int64?
        let isSent: Bool
    }

    private enum Outcome {
        case done(Done)
        case failed(TransferFailure)
    }

    /// Records what was sent also if some files could not be.
    func run(
        _ group: RemoteGroup,
        in collection: StageCollection
    ) throws -> (count: Int, problems: [TransferProblem]) {
        let groups = group.groups.filter { $0.output.output.path.hasPrefix(project.root) }
        let unknown = groups.filter(\.isListingMissing).map {
            TransferFailure(name: $0.record.name, error: ObjectError.missing($0.record.name))
        }
        let wanted = groups.indices.flatMap { place in items(of: groups[place], place) }
        let current = try currentFiles(of: groups)
        let (results, failures) = try publish(wanted, current, from: group.cache)
        var recorder = VersionRecorder(project: project, collection: collection)
        let byGroup = Dictionary(grouping: results, by: \.item.group)
        for (index, entry) in groups.enumerated() {
            guard let done = byGroup[index] else { continue }
            recorder.record(try cloud(of: entry, done), of: entry)
        }
        try recorder.finish()
        return (results.count { $0.isSent }, group.problems(failures + unknown, in: project))
    }

    private func items(of entry: UsedObjects.Group, _ index: Int) -> [Item] {
        guard let members = entry.members else {
            let path = entry.output.output.path.relative(to: project.root) ?? .empty
            guard !entry.record.name.isListing else { return [] }
            let known = entry.record.cloud?.version
            return [Item(group: index, name: entry.record.name, path: path, known: known)]
        }
        let known = knownVersions(of: entry)
        return members.indices.map { place in
            let path = entry.memberRoot.appending(members.path(at: place))
            let inside = path.relative(to: entry.output.output.path) ?? .empty
            return Item(
                group: index,
                name: ObjectName(members.digest(at: place)),
                path: path.relative(to: project.root) ?? .empty,
                known: known[inside]
            )
        }
    }

    private func knownVersions(of entry: UsedObjects.Group) -> [RelativePath: CloudVersion] {
        let members = entry.record.cloud?.members ?? []
        return Dictionary(
            members.compactMap { member in member.version.map { (member.path, $0) } },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// One listing per directory; files of their own are asked for when their turn comes.
    private func currentFiles(
        of groups: [UsedObjects.Group]
    ) throws -> [RelativePath: StoredFile] {
        let folders = groups.filter { $0.record.name.isListing }.map(\.output.output.path)
        let listed = try WorkerPool(jobs: jobs).map(
            count: folders.count,
            batchSize: 1,
            worker: {},
            body: { _, range in
                try range.map {
                    try remote.currentFiles(at: folders[$0].relative(to: project.root) ?? .empty)
                }
            }
        )
        return listed.joined().reduce(into: [:]) { $0.merge($1) { first, _ in first } }
    }

    private func publish(
        _ items: [Item],
        _ current: [RelativePath: StoredFile],
        from cache: ObjectStore
    ) throws -> (results: [Done], failures: [TransferFailure]) {
        try project.withProgress("Pushing") { progress in
            progress.expect(bytes: 0, items: items.count)
            let parts = try WorkerPool(jobs: jobs).map(
                count: items.count,
                batchSize: max(1, min(16, items.count / (4 * max(1, jobs)))),
                worker: { try remote.makePublisher(from: cache, progress: progress) },
                body: { publisher, range in
                    try items[range].map { try outcome(of: $0, current, cache, publisher) }
                }
            )
            let all = parts.joined()
            return (
                all.compactMap { if case .done(let done) = $0 { done } else { nil } },
                all.compactMap { if case .failed(let failure) = $0 { failure } else { nil } }
            )
        }
    }

    private func outcome(
        of item: Item,
        _ current: [RelativePath: StoredFile],
        _ cache: ObjectStore,
        _ publisher: VersionedChannel
    ) throws -> Outcome {
        try Interruption.check()
        do {
            let (version, isSent) = try publisher.publish(
                item.name,
                at: item.path,
                known: item.known,
                current: current[item.path]
            )
            // What was there already may not be in the cache of this clone.
            let size = try? cache.size(of: item.name)
            return .done(Done(item: item, version: version, size: size, isSent: isSent))
        } catch let error where !ObjectTransfer.concernsAll(error) {
            return .failed(TransferFailure(name: item.name, error: error))
        }
    }

    /// What is recorded of an output: new versions where there are, else what it had.
    private func cloud(of entry: UsedObjects.Group, _ done: [Done]) throws -> CloudContent {
        guard entry.record.name.isListing else {
            return done.first.map { CloudContent(version: $0.version) }
                ?? CloudContent(members: [])
        }
        let old = Dictionary(
            (entry.record.cloud?.members ?? []).map { ($0.path, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let new = Dictionary(
            done.map { ($0.item.path, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let listing = try project.listing(entry.record)
        let root = entry.output.output.path.relative(to: project.root) ?? .empty
        return CloudContent(
            members: listing.indices.map { index in
                let path = listing.path(at: index)
                var member =
                    old[path] ?? CloudContent.Member(path: path, digest: listing.digest(at: index))
                if let result = new[root.appending(path)] {
                    member.version = result.version
                    member.size = member.size ?? result.size
                }
                return member
            }
        )
    }
}
