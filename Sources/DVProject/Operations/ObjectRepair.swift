import DVFormats
import DVHashing
import DVObjects
import DVRemotes
import DVReporting
import DVSystem
import DVWorkspace

/// Brings intact content back under the names of bad objects: bad ones go to quarantine, nothing is deleted.
struct ObjectRepair {
    /// A remote that may have what is missing.
    private struct Source {
        let name: String
        let channel: any RemoteChannel
    }

    private let project: Project

    init(of project: Project) {
        self.project = project
    }

    /// From another form of the object, any remote, or an intact copy in the workspace, whichever has it first.
    func mendCache(_ problems: inout [VerifyProblem]) throws {
        for scheme in Set(problems.map(\.scheme)) {
            let cache = project.cache(for: scheme)
            let sources = try self.sources(for: scheme)
            let scratch = cache.makeScratch()
            for index in problems.indices where problems[index].scheme == scheme {
                try Interruption.check()
                let problem = problems[index]
                if problem.isDamage { try cache.quarantine(problem.name) }
                problems[index].source = try restore(problem, to: cache, sources, scratch)
            }
            try cache.synchronize()
        }
    }

    /// From the cache, which verifies what it gives; what that lacks it gets first, as above.
    func mend(
        _ problems: inout [VerifyProblem],
        of scheme: HashScheme,
        in remote: any Remote,
        named name: String
    ) throws {
        let cache = project.cache(for: scheme)
        let channel = try remote.makeChannel(to: cache, progress: Progress("Repairing"))
        let sources = try self.sources(for: scheme).filter { $0.name != name }
        let scratch = cache.makeScratch()
        for index in problems.indices where problems[index].scheme == scheme {
            try Interruption.check()
            let problem = problems[index]
            if problem.isDamage { try remote.quarantine(problem.name) }
            if try remote.missing(among: [problem.name], jobs: 1).isEmpty {
                problems[index].source = "its other form"
            } else if try upload(problem.name, channel) {
                problems[index].source = "cache"
            } else {
                try cache.quarantine(problem.name)
                let source = try restore(problem, to: cache, sources, scratch)
                if try upload(problem.name, channel) { problems[index].source = source }
            }
        }
        try cache.synchronize()
    }

    /// False if the cache does not have it, or not intact.
    private func upload(_ name: ObjectName, _ channel: any RemoteChannel) throws -> Bool {
        do {
            try channel.upload(name)
            return true
        } catch let error as ObjectError {
            if case .unwritableCache = error { throw error }
            return false
        }
    }

    /// Where it came from; nil if nobody has it.
    ///
    /// What the cache has already under the name is taken for good.
    private func restore(
        _ problem: VerifyProblem,
        to cache: ObjectStore,
        _ sources: [Source],
        _ scratch: ObjectScratch
    ) throws -> String? {
        if try cache.contains(problem.name) { return "its other form" }
        return try fromRemotes(problem.name, sources, scratch)
            ?? fromWorkspace(problem, to: cache, scratch)
    }

    private func sources(for scheme: HashScheme) throws -> [Source] {
        let cache = project.cache(for: scheme)
        let recorded = try TrackedState(
            recordedIn: StageCollection.read(project),
            below: project.root
        )
        let outputs = recorded.contents.map { VersionedOutput($0.key, $0.value.record) }
        return try project.settings.remoteNames.compactMap { name in
            do {
                let remote = try project.settings.remote(name)
                    .open(scheme: scheme, holding: outputs)
                let progress = Progress("Repairing")
                return Source(
                    name: name,
                    channel: try remote.makeChannel(to: cache, progress: progress)
                )
            } catch let error as ProjectError {
                project.reporter.report(.detail("remote '\(name)' is not used: \(error)"))
                return nil
            }
        }
    }

    private func fromRemotes(
        _ name: ObjectName,
        _ sources: [Source],
        _ scratch: ObjectScratch
    ) throws -> String? {
        for source in sources {
            do {
                try source.channel.download(name, scratch: scratch)
                return "remote '\(source.name)'"
            } catch let error as ObjectError {
                if case .unwritableCache = error { throw error }
            }
        }
        return nil
    }

    /// A file of the workspace is taken if its content is what the name says, whatever is recorded of it.
    private func fromWorkspace(
        _ problem: VerifyProblem,
        to cache: ObjectStore,
        _ scratch: ObjectScratch
    ) throws -> String? {
        for origin in problem.origins {
            let path = project.root.appending(origin.path)
            guard let status = try FileStatus.followingIfPresent(path) else { continue }
            do {
                if problem.name.isListing, status.isDirectory {
                    guard try restoreListing(problem.name, to: cache, from: path) else { continue }
                } else if status.isRegular {
                    _ = try cache.insert(fileAt: path, expecting: problem.name, scratch: scratch)
                } else {
                    continue
                }
                return origin.path
            } catch ObjectError.unexpectedContent {
                continue
            }
        }
        return nil
    }

    /// Whether the folder has just the files that the listing named.
    private func restoreListing(
        _ name: ObjectName,
        to cache: ObjectStore,
        from folder: AbsolutePath
    ) throws -> Bool {
        let content = try project.hasher(scheme: cache.scheme).content(at: folder)
        guard case .directory(let tree)? = content, tree.name == name else { return false }
        try cache.insert(tree.listing, as: name)
        return true
    }
}
