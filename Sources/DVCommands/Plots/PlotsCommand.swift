import ArgumentParser
import DVFormats
import DVPipeline
import DVReporting

/// `dvswift plots`: pictures of data and images.
struct PlotsCommand: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "plots",
        abstract: "Draw data and images of the workspace and of revisions.",
        subcommands: [
            PlotsShowCommand.self, PlotsDiffCommand.self, PlotsModifyCommand.self,
            PlotsTemplatesCommand.self,
        ]
    )
}

/// `dvswift plots templates`.
struct PlotsTemplatesCommand: TopLevelCommand {
    static let configuration = CommandConfiguration(
        commandName: "templates",
        abstract: "List the templates of plots, or print the Vega-Lite specification of one.",
        discussion: """
            A template says how a plot looks: `template: NAME` in dvc.yaml, or -t. It is a Vega-Lite specification in \
            which anchors like <DVC_METRIC_DATA> stand for data, fields and labels. A template of your own is a JSON \
            file in .dvc/plots, or anywhere if its path is given; start from one of these:

              dvswift plots templates scatter > .dvc/plots/mine.json

            The pages of `plots show` are drawn by dvswift itself. Of a template of your own they show lines, points, bars, \
            areas, cells, rules and words, in layers, facets and concatenations; x, y, colour, shape, dashes and offsets by \
            field; titles, orders, domains, bins, stacks and sums; filters by field. A warning names what they leave out. \
            Editors show all that a specification says: see --show-vega.
            """
    )

    var failure: FailureReport { FailureReport(status: .failure) }

    @Argument(help: "Template whose specification is wanted.")
    var template: String?

    @OptionGroup var global: GlobalOptions

    func run(in session: Session) throws {
        guard let template else {
            let names = PlotTemplate.builtIn.map(\.name)
            return names.forEach { session.reporter.report(.answer($0)) }
        }
        guard let found = PlotTemplate.builtIn(template) else {
            throw InvalidUse("Unexpected template: \(template).", hint: "dvswift plots templates")
        }
        session.reporter.report(.answer(JSONValue(found.content).serialized()))
    }
}
