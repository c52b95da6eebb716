import DVSystem
import DVWorkspace

/// Brings outputs in the workspace to what is recorded of them.
package struct CheckoutOperation {
    private let selection: TargetSelection
    private let options: CheckoutOptions

    package init(selection: TargetSelection, options: CheckoutOptions) {
        self.selection = selection
        self.options = options
    }

    /// Nothing is changed if any output holds data that would be lost.
    ///
    /// Outputs that the cache lacks are reported, not touched.
    package func run(in project: Project) throws -> CheckoutReport {
        let collection = try StageCollection.read(project)
        let outputs = try collection.trackedOutputs(of: selection, in: project)
        var run = try CheckoutRun(project, options)
        try run.plan(outputs)
        if selection.targets.isEmpty { try run.planStale(besides: collection) }
        let report = try run.apply()
        if !report.failures.isEmpty { throw WorkspaceError.failedFiles(report.failures) }
        return report
    }
}
