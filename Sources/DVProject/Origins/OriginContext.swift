import DVRemotes
import DVReporting
import DVSystem

/// What is needed to open other repositories, in or out of a project.
package struct OriginContext: Sendable {
    let workingDirectory: AbsolutePath
    let environment: ProcessEnvironment
    let reporter: any Reporter
    /// As the user asked; nil means what suits each place.
    let askedJobs: Int?
    private let usualJobs: Int
    /// Where relative paths of repositories may start, the likeliest first.
    var bases: [AbsolutePath]
    /// How many imports led here.
    var depth = 0

    package init(
        workingDirectory: AbsolutePath,
        reporter: any Reporter,
        jobs: Int? = nil,
        usualJobs: Int = WorkerPool.processorCount,
        environment: ProcessEnvironment = .current()
    ) {
        self.workingDirectory = workingDirectory
        self.environment = environment
        self.reporter = reporter
        askedJobs = jobs
        self.usualJobs = usualJobs
        bases = [workingDirectory]
    }

    /// For work on this machine.
    var jobs: Int { askedJobs ?? usualJobs }

    /// For work with a remote.
    func jobs(with remote: any Remote) -> Int { remote.jobs(askedJobs, usual: usualJobs) }

    var home: String? { environment["HOME"] }

    /// Where copies of what is elsewhere are kept for the user.
    var cacheFolder: AbsolutePath {
        let cache =
            environment["XDG_CACHE_HOME"].flatMap { AbsolutePath($0) }
            ?? home.flatMap { AbsolutePath($0) }?.appending(".cache")
            ?? AbsolutePath.root.appending("var/tmp")
        return cache.appending("dvswift")
    }

    /// The same for a repository that a pointer in `folder` names; throws if imports go round in a circle.
    func following(in folder: AbsolutePath, root: AbsolutePath, url: String) throws
        -> OriginContext
    {
        guard depth < 32 else { throw OriginError.endlessChain(url: url) }
        var context = self
        context.bases = [folder, root] + bases
        context.depth += 1
        return context
    }
}

extension Project {
    /// For the repository that a pointer in `folder` names.
    ///
    /// A relative path counts from the working directory, as in DVC, or else from the pointer or the project's root, so that it
    /// is found from anywhere.
    func originContext(pointerIn folder: AbsolutePath? = nil, jobs: Int? = nil) -> OriginContext {
        var context = OriginContext(
            workingDirectory: workingDirectory,
            reporter: reporter,
            jobs: jobs,
            usualJobs: settings.jobs,
            environment: environment
        )
        context.bases += [folder, root].compactMap(\.self)
        return context
    }
}
