import ArgumentParser
import DVProject
import DVRemotes

/// What `push`, `pull` and `fetch` have in common.
struct TransferOptions: ParsableArguments {
    @OptionGroup var target: TargetOptions
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

    @Option(
        name: .customLong("bwlimit"),
        help: ArgumentHelp(
            "The most bytes per second that may pass to and from other machines, such as 500K or 10M.",
            valueName: "bytes"
        )
    )
    var limit: ByteCount?

    @OptionGroup var revisions: RevisionOptions

    /// `remote` nil means the default.
    func request(remote: String?) -> TransferRequest {
        var selection = target.selection(usesGlob: usesGlob)
        selection.revisions = revisions.scope
        return TransferRequest(
            selection,
            remote: remote,
            jobs: parallel.jobs,
            bandwidth: limit.map { Bandwidth(bytesPerSecond: $0.bytes) },
            includesRunCache: includesRunCache
        )
    }
}

/// A number of bytes as people write it: `500`, `500K`, `10M`, `1.5G`.
struct ByteCount: ExpressibleByArgument {
    let bytes: Int64

    init?(argument: String) {
        let units: [Character: Double] = ["K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12]
        let unit = argument.last.flatMap { units[Character($0.uppercased())] }
        guard let number = Double(unit == nil ? argument : String(argument.dropLast())),
            number > 0, number * (unit ?? 1) < 1e18
        else { return nil }
        bytes = Int64(number * (unit ?? 1))
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
            "How many threads to use; by default as many as suit the processors, or the remote.",
            valueName: "number"
        )
    )
    var jobs: Int?

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("argument -j/--jobs: must be at least 1") }
    }
}
