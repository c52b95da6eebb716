import ArgumentParser
import DVProject

/// What a garbage collection keeps.
struct GarbageScopeOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Keep what the workspace needs, and nothing else.")
    var workspace = false

    @Option(help: ArgumentHelp("Keep what this revision needs.", valueName: "commit"))
    var rev: String?

    @Option(
        name: .withValue("n", long: "num"),
        help: ArgumentHelp(
            "Keep that of the last <num> commits from --rev or from each branch; 1 by default.",
            valueName: "num"
        )
    )
    var count: Int?

    @Flag(name: [.customShort("a"), .long], help: "Keep what the tips of all branches need.")
    var allBranches = false

    @Flag(name: [.customShort("T"), .long], help: "Keep what all tags need.") var allTags = false

    @Flag(name: [.customShort("A"), .long], help: "Keep what any commit needs.")
    var allCommits = false

    @Option(
        help: ArgumentHelp("Keep what commits since that day need.", valueName: "yyyy-mm-dd")
    )
    var date: String?

    @Flag(help: "Keep what experiments need.") var allExperiments = false

    @Option(
        name: [.customShort("p"), .long],
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Keep what these projects need: they share the cache.",
            valueName: "paths"
        ),
        completion: .directory
    )
    var projects: [String] = []

    @Option(
        name: .customLong("keep-newer"),
        help: ArgumentHelp(
            "Keep what was stored in this time: a number with s, min, h, d or w.",
            valueName: "time"
        )
    )
    var newer: String?

    /// The refusals of DVC.
    func check() throws {
        let isChosen = try workspace || !scope().isEmpty
        if !isChosen {
            throw InvalidUse(
                "Either of `-w|--workspace`, `-a|--all-branches`, `-T|--all-tags` "
                    + "`--all-experiments`, `--all-commits`, `--date` or `--rev` needs to be set.",
                status: .other
            )
        }
        if let count, count != 0, rev == nil, !allBranches {
            throw InvalidUse(
                "`--num` can only be used alongside `--rev` or `--all-branches`",
                status: .other
            )
        }
    }

    func scope() throws -> RevisionScope {
        var scope = RevisionScope()
        scope.revision = rev
        scope.count = count
        scope.hasAllBranches = allBranches
        scope.hasAllTags = allTags
        scope.hasAllCommits = allCommits
        scope.hasAllExperiments = allExperiments
        if let date {
            guard let seconds = CalendarDay(date)?.secondsSince1970 else {
                throw InvalidUse("date '\(date)' is not of the form yyyy-mm-dd", status: .other)
            }
            scope.since = seconds
        }
        return scope
    }

    /// Seconds.
    func keepsNewer() throws -> Int64 {
        guard let newer else { return 0 }
        guard let seconds = TimeSpan(newer)?.seconds else {
            throw InvalidUse("--keep-newer '\(newer)': a number with s, min, h, d or w is needed")
        }
        return seconds
    }

    /// DVC's words before it asks.
    func warning(isDroppingPushed: Bool, in project: Project) -> String {
        var parts = ["This will remove all cache except items used in the workspace"]
        let recent = count.map { "last \($0) commits from " } ?? ""
        if allCommits {
            parts.append("all git commits")
        } else {
            if allBranches { parts.append(recent + "all git branches") }
            if allTags { parts.append("all git tags") }
            if let date { parts.append("all git commits since \(date)") }
            if let rev { parts.append("last \(count ?? 1) commits from \(rev)") }
        }
        if allExperiments { parts.append("all experiments") }
        let pushed = isDroppingPushed ? " that are not present in the DVC remote" : ""
        let owners =
            projects.isEmpty
            ? " of the current repo."
            : " of the current and the following repos:"
                + projects.map { "\n  - \(project.path(of: $0))" }.joined()
        return parts.joined(separator: " and ") + pushed + owners
    }
}
