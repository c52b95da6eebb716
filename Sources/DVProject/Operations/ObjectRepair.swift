import DVFormats
import DVHashing
import DVObjects
import DVRemotes
import DVReporting
import DVSystem
import DVWorkspace

/// Brings intact content back under the names of bad objects: bad ones go to quarantine, nothing is deleted.
struct ObjectRepair {
    private let project: Project
    private let jobs: Int

    init(of project: Project, jobs: Int) {
        self.project = project
        self.jobs = jobs
    }

    /// From any remote, else from an intact copy in the workspace.
    func mendCache(_ problems: inout [VerifyProblem]) throws {
        let cache = project.cache
        let remotes = try self.remotes()
        let scratch = cache.makeScratch()
        for index in problems.indices {
            try Interruption.check()
            let problem = problems[index]
            if problem.isDamage { try cache.quarantine(problem.name) }
            problems[index].source =
                try fromRemotes(problem.name, remotes, scratch)
                ?? fromWorkspace(problem, scratch)
        }
        try cache.synchronize()
    }

    /// From the cache, which verifies what it gives.
    func mend(_ problems: inout [VerifyProblem], in remote: any Remote) throws {
        let channel = try remote.makeChannel(to: project.cache, progress: Progress("Repairing"))
        for index in problems.indices {
            try Interruption.check()
            let problem = problems[index]
            if problem.isDamage { try remote.quarantine(problem.name) }
            do {
                try channel.upload(problem.name)
                problems[index].source = "cache"
            } catch is ObjectError {
                // The cache does not have it, or not intact: the report says that it was not mended.
            }
        }
    }

    private func remotes() throws -> [(name: String, channel: any RemoteChannel)] {
        try project.settings.remoteNames.compactMap { name in
            do {
                let remote = try project.settings.remote(name).open(scheme: .md5)
                let progress = Progress("Repairing")
                return (name, try remote.makeChannel(to: project.cache, progress: progress))
            } catch let error as ProjectError {
                project.reporter.report(.detail("remote '\(name)' is not used: \(error)"))
                return nil
            }
        }
    }

    private func fromRemotes(
        _ name: ObjectName,
        _ remotes: [(name: String, channel: any RemoteChannel)],
        _ scratch: ObjectScratch
    ) throws -> String? {
        for remote in remotes {
            do {
                try remote.channel.download(name, scratch: scratch)
                return "remote '\(remote.name)'"
            } catch let error as ObjectError {
                if case .unwritableCache = error { throw error }
            }
        }
        return nil
    }

    /// A file of the workspace is taken if its content is what the name says, whatever is recorded of it.
    private func fromWorkspace(_ problem: VerifyProblem, _ scratch: ObjectScratch) throws -> String?
    {
        for origin in problem.origins {
            let path = project.root.appending(origin.path)
            guard let status = try FileStatus.followingIfPresent(path) else { continue }
            do {
                if problem.name.isListing, status.isDirectory {
                    guard try restoreListing(problem.name, from: path) else { continue }
                } else if status.isRegular {
                    _ = try project.cache.insert(
                        fileAt: path,
                        expecting: problem.name,
                        scratch: scratch
                    )
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
    private func restoreListing(_ name: ObjectName, from folder: AbsolutePath) throws -> Bool {
        let content = try project.hasher(scheme: .md5).content(at: folder)
        guard case .directory(let tree)? = content, tree.name == name else { return false }
        let scratch = project.cache.makeScratch()
        let bytes = tree.listing.serialized()
        return try project.cache.insert(bytes: bytes, isListing: true, scratch: scratch) == name
    }
}
