import DVProject
import DVReporting

/// What a checkout changed.
struct CheckoutView {
    private let report: CheckoutReport

    init(_ report: CheckoutReport) {
        self.report = report
    }

    /// A line per output: M, A or D and the path, in DVC's order of kinds.
    func showChanges(on reporter: any Reporter) {
        for (letter, paths) in [
            ("M", report.modified), ("A", report.added), ("D", report.deleted),
        ] {
            for path in paths { reporter.report(.answer(SummaryText.tabbed([letter, path]))) }
        }
    }

    /// One line of counts of files.
    func showSummary(
        on reporter: any Reporter,
        after counts: [(state: String, count: Int)] = [],
        otherwise: String
    ) {
        let own = [
            ("modified", report.counts.modified), ("added", report.counts.added),
            ("deleted", report.counts.deleted),
        ]
        reporter.report(.answer(SummaryText.files(counts + own, otherwise: otherwise)))
    }
}
