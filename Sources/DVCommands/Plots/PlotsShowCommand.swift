import ArgumentParser
import DVProject

/// `dvswift plots show`.
struct PlotsShowCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Draw plots of the workspace as one HTML page or SVG picture.",
        discussion: """
            Draws what `plots` in dvc.yaml and in its stages define, or the targets: files, directories and names of \
            plots. Data is CSV, TSV, JSON, YAML, TOML; the points are the lists of mappings in it. Images (PNG, JPEG, \
            GIF, SVG, BMP, WebP) are shown as they are. What is not in the workspace comes from the cache, and what \
            the cache lacks from the remote.

            The page holds all that it shows and needs no network. Its address is printed. --json and --show-vega \
            print Vega-Lite specifications, for editors.

              dvswift plots show
              dvswift plots show logs/train.csv -x epoch -y loss --title Training
              dvswift plots show predictions.csv -t confusion -x actual -y predicted
              dvswift plots show -o report.svg
            """
    )

    var failure: FailureReport { FailureReport(status: .failure) }

    @Argument(
        help: "Files, directories or names of plots; all plots by default.",
        completion: .targets
    )
    var targets: [String] = []

    @OptionGroup var view: PlotViewOptions

    @OptionGroup var global: GlobalOptions

    static let holdsLock = false
    static let needsProject = false

    func run(in project: Project) throws {
        try view.show(targets, .workspace, of: project)
    }
}
