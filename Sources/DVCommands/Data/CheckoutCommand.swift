import ArgumentParser
import DVProject
import DVWorkspace

/// `dvswift checkout`: brings the workspace to what pointers say.
struct CheckoutCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkout",
        abstract:
            "Bring tracked data in the workspace to the state that pointers and dvc.lock record.",
        discussion: """
            Content comes from the cache and is verified on the way. Data that is not in the cache is never \
            overwritten or removed without -f.
            """
    )

    @Flag(help: "Print counts instead of paths.")
    var summary = false

    @OptionGroup var target: TargetOptions

    @Flag(
        name: .shortAndLong,
        help: "Overwrite and remove workspace data even if it is not in the cache."
    )
    var force = false

    @Flag(help: "Link or copy unchanged files again, as cache.type says.")
    var relink = false

    @Flag(name: .customLong("allow-missing"), help: "Skip what the cache does not have.")
    var isAllowingMissing = false

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        let options = CheckoutOptions(
            force: force,
            relink: relink,
            allowMissing: isAllowingMissing
        )
        let operation = CheckoutOperation(selection: target.selection, options: options)
        let report = try operation.run(in: project)
        let view = CheckoutView(report)
        summary
            ? view.showSummary(on: project.reporter, otherwise: "No changes.")
            : view.showChanges(on: project.reporter)
        try report.throwIfIncomplete()
        if relink { project.reporter.report(.answer("Relinked successfully")) }
    }
}
