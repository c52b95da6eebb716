import ArgumentParser
import DVFormats
import DVProject

/// `dvswift check-ignore`: which paths `.dvcignore` leaves out, and why.
struct CheckIgnoreCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-ignore",
        abstract: "Tell which paths .dvcignore files leave out.",
        discussion: """
            Prints the paths that are left out; with --details each with the file, the line and the pattern that \
            decides, also if the pattern keeps the path ("!name"). Paths need not exist.

            Exits with 0 if a path was printed, else with 1.

            Examples:
              dvswift check-ignore data/cache.tmp
              find data | dvswift check-ignore --stdin --details
            """
    )

    static var holdsLock: Bool { false }

    @Argument(help: "Paths to check.", completion: .file())
    var targets: [String] = []

    @Flag(name: .shortAndLong, help: "Show the pattern that decides with each path.")
    var details = false

    @Flag(
        name: .shortAndLong,
        help: "With --details: all patterns. One decides, so it is the same as without."
    )
    var all = false

    @Flag(
        name: [.customShort("n"), .customLong("non-matching")],
        help: "With --details: show paths that no pattern matches, too."
    )
    var isShowingOthers = false

    @Flag(help: "Read paths from standard input, one a line, to its end or an empty line.")
    var stdin = false

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        try checkOptions()
        let operation = CheckIgnoreOperation(in: project)
        var isAnyShown = false
        func check(_ target: String) throws {
            let finding = try operation.check(target)
            if let line = line(for: finding) { project.reporter.report(.answer(line)) }
            if finding.isIgnored || details && finding.match != nil { isAnyShown = true }
        }
        if stdin {
            while let target = readLine(), !target.isEmpty { try check(target) }
        } else {
            for target in targets { try check(target) }
        }
        if !isAnyShown { throw ExitCode(ExitStatus.failure.rawValue) }
    }

    private func checkOptions() throws {
        let problem: String? =
            switch (targets.isEmpty, stdin) {
            case (true, false): "`targets` or `--stdin` needed"
            case (false, true): "cannot have both `targets` and `--stdin`"
            case _ where isShowingOthers && !details:
                "`--non-matching` is only valid with `--details`"
            case _ where all && !details: "`--all` is only valid with `--details`"
            case _ where global.quiet && details: "cannot use both `--details` and `--quiet`"
            default: nil
            }
        if let problem { throw InvalidUse(problem, status: .other) }
    }

    private func line(for finding: IgnoreFinding) -> String? {
        guard details else { return finding.isIgnored ? finding.target : nil }
        guard let match = finding.match else {
            return isShowingOthers ? "::\t" + finding.target : nil
        }
        let place = match.file.isEmpty ? "" : "\(match.file):\(match.line)"
        return "\(place):\(match.pattern)\t\(finding.target)"
    }
}
