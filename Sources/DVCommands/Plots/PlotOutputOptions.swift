import ArgumentParser
import DVFormats
import DVPipeline
import DVProject
import DVReporting
import DVSystem
import DVTerminal

/// Where plots go, and in which form.
struct PlotOutputOptions: ParsableArguments {
    @Option(
        name: .withValue("o", long: "out"),
        help: ArgumentHelp(
            "Directory for index.html (dvc_plots by default), or one picture of it all: a name that ends with .svg.",
            valueName: "path"
        ),
        completion: .directory
    )
    var out: String?

    @Flag(name: .customLong("show-vega"), help: "Print the Vega-Lite specification of one target.")
    var isShowingVega = false

    @Flag(help: "Print JSON: the specifications of all plots; images go to the output directory.")
    var json = false

    @Flag(help: "With --json: data, colours and labels apart from the specifications.")
    var split = false

    @Flag(help: "Open the page in the browser (BROWSER, or xdg-open).")
    var open = false

    @Option(
        name: .customLong("html-template"),
        help: ArgumentHelp(
            "HTML page with {plot_divs} (and {scripts} in its head) in the places of plots.",
            valueName: "path"
        ),
        completion: .file()
    )
    var pageTemplate: String?

    func check(_ targets: [String]) throws {
        guard isShowingVega else { return }
        if targets.isEmpty { throw InvalidUse("please specify a target for `--show-vega`") }
        if targets.count > 1 {
            throw InvalidUse("you can only specify one target for `--show-vega`")
        }
        if json {
            throw InvalidUse("'--show-vega' and '--json' are mutually exclusive options.")
        }
    }

    func show(_ report: PlotsReport, of project: Project) throws {
        let reporter = project.reporter
        PlotProblemView(report).show(on: reporter)
        let writing = WritePlotsOperation(report, to: out, pageTemplate: pageTemplate)
        if json {
            let images = try writing.writeImages(in: project)
            let view = PlotsView(report, imagePaths: images, isSplit: split)
            return reporter.report(.answer(try view.json))
        }
        if isShowingVega {
            if let text = try PlotsView(report).specification { reporter.report(.answer(text)) }
            return
        }
        guard let written = try writing.run(in: project) else {
            return reporter.report(
                .notice("No plots were loaded, visualization file will not be created.")
            )
        }
        PlotProblemView.show(written.omissions, on: reporter)
        reporter.report(.answer("file://" + PlotsView.address(of: written.file)))
        guard open || project.opensPlots else { return }
        if !project.opensPlots {
            reporter.report(
                .notice("To open pages without being asked to: dvswift config plots.auto_open true")
            )
        }
        reporter.flush()
        guard try project.openInBrowser(written.file) else {
            throw InvalidUse("Failed to open. Please try opening it manually.")
        }
    }
}
