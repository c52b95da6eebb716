import ArgumentParser
import DVProject

/// How figures are printed.
struct FigureFormatOptions: ParsableArguments {
    @Flag(help: "Print JSON.")
    var json = false

    @Flag(help: "Print comma-separated values, numbers in full unless --precision is given.")
    var csv = false

    @Flag(name: .customLong("md"), help: "Print a Markdown table.")
    var isMarkdown = false
}

/// How numbers of tables are rounded.
struct PrecisionOption: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "In tables, round floats to <n> digits behind the point; 5 by default. JSON is exact.",
            valueName: "n"
        )
    )
    var precision: Int?

    /// DVC takes 0 for the default; nil is in full.
    func digits(in format: FigureFormatOptions) -> Int? {
        precision.flatMap { $0 == 0 ? nil : $0 } ?? (format.csv ? nil : 5)
    }
}

/// The moments that figures are compared of.
struct FigureRevisionArguments: ParsableArguments {
    @Argument(help: ArgumentHelp("Old revision.", valueName: "a_rev"))
    var old = "HEAD"

    @Argument(help: ArgumentHelp("New revision.", valueName: "b_rev"))
    var new = "workspace"

    @Flag(help: "Show what did not change as well.")
    var all = false

    @Flag(name: .customLong("no-path"), help: "Leave out the column of paths.")
    var isWithoutPath = false
}

/// What `metrics diff` and `params diff` have in common.
struct FigureDiffOptions: ParsableArguments {
    @OptionGroup var revisions: FigureRevisionArguments

    @OptionGroup var format: FigureFormatOptions

    /// `digits` is nil for numbers in full.
    func show(_ diff: FigureDiff, _ kind: FigureKind, digits: Int? = nil, in project: Project) {
        FigureProblemView(kind, in: project).show(diff.moments, incomplete: diff.incomplete)
        let view = FigureDiffView(diff, kind, revisions, digits: digits)
        for line in view.lines(format, from: project.workingDirectory) {
            project.reporter.report(.answer(line))
        }
    }
}

/// `-R`.
struct FigureRecursionOption: ParsableArguments {
    @Flag(
        name: [.customShort("R"), .customLong("recursive")],
        help: "Accepted for DVC's sake: directories are searched in any case."
    )
    var isRecursive = false
}
