import DVFormats
import DVProject

/// Failures of plots as a whole; those of single files are warnings.
extension ErrorAccount {
    init?(ofPlots error: any Error) {
        switch error {
        case let error as PlotTemplateMissing:
            self.init(
                "unexpected error - Template '\(error.name)' not found.",
                hint: "dvswift plots templates",
                status: .other
            )
        case PlotTemplateProblem.noDataAnchor(let template):
            self.init(
                "unexpected error - Template '\(template)' is not using '<DVC_METRIC_DATA>' anchor",
                status: .other
            )
        case PlotTemplateProblem.noField(let field):
            self.init(
                "unexpected error - Field '\(field)' does not exist in provided data.",
                status: .other
            )
        case let error as PageTemplateProblem:
            self.init(
                "unexpected error - HTML template has to contain '{plot_divs}': '\(error.file)' does not",
                status: .other
            )
        case let error as PlotEditError: self.init(error)
        default: return nil
        }
    }

    private init(_ error: PlotEditError) {
        switch error {
        case .notAnOutput(let path):
            self.init("Unable to find DVC file with output '\(path)'", hint: "dvswift stage list")
        case .notOfStage(let path):
            self.init("'\(path)' is not an output of a stage in a dvc.yaml")
        case .notAPlot(let path):
            self.init(
                "'\(path)' is not a known plot. Use `dvc plots modify` to turn it into one."
            )
        case .notSet(let names, let plot):
            let list = names.map { "'\($0)'" }.joined(separator: ", ")
            self.init("display properties [\(list)] not found in plot '\(plot)'")
        }
    }
}
