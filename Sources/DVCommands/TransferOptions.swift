import ArgumentParser
import DVProject

/// What `push`, `pull` and `fetch` have in common.
struct TransferOptions: ParsableArguments {
    @OptionGroup var target: TargetOptions
    @OptionGroup var remote: RemoteOption
    @OptionGroup var parallel: JobsOption

    @Flag(name: .customLong("glob"), help: "Let targets contain shell-style wildcards.")
    var usesGlob = false

    @Flag(
        name: .customLong("run-cache"),
        inversion: .prefixedNo,
        exclusivity: .chooseLast,
        help: "Transfer the results of runs too, by which repro knows what it need not run again."
    )
    var includesRunCache = false

    @OptionGroup var revisions: RevisionOptions

    var request: TransferRequest {
        var selection = target.selection(usesGlob: usesGlob)
        selection.revisions = revisions.scope
        return TransferRequest(
            selection,
            remote: remote.name,
            jobs: parallel.jobs,
            includesRunCache: includesRunCache
        )
    }
}

/// Commits besides the workspace.
struct RevisionOptions: ParsableArguments {
    @Flag(name: [.customShort("a"), .long], help: "Also what the tips of all branches need.")
    var allBranches = false

    @Flag(name: [.customShort("T"), .long], help: "Also what all tags need.") var allTags = false

    @Flag(name: [.customShort("A"), .long], help: "Also what any commit needs.")
    var allCommits = false

    var scope: RevisionScope {
        var scope = RevisionScope()
        scope.hasAllBranches = allBranches
        scope.hasAllTags = allTags
        scope.hasAllCommits = allCommits
        return scope
    }

    /// The options that are set, in full.
    var names: [String] {
        [
            allBranches ? "--all-branches" : nil, allTags ? "--all-tags" : nil,
            allCommits ? "--all-commits" : nil,
        ]
        .compactMap(\.self)
    }
}

/// `-r`.
struct RemoteOption: ParsableArguments {
    @Option(
        name: .withValue("r", long: "remote"),
        help: ArgumentHelp("Remote to use instead of the default.", valueName: "name"),
        completion: .remotes
    )
    var name: String?
}

/// `-j`.
struct JobsOption: ParsableArguments {
    @Option(
        name: .withValue("j"),
        help: ArgumentHelp(
            "How many threads to use; the number of processors by default.",
            valueName: "number"
        )
    )
    var jobs: Int?

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("argument -j/--jobs: must be at least 1") }
    }
}
