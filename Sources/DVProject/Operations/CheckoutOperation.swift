import DVSystem
import DVWorkspace

/// What a checkout did, by output and by file.
package struct CheckoutReport: Sendable {
    package struct Counts: Sendable {
        package var added = 0
        package var modified = 0
        package var deleted = 0
    }

    /// Outputs as a user would write them, folders with a trailing slash and first.
    package var added: [String] = []
    package var modified: [String] = []
    package var deleted: [String] = []
    /// Files.
    package var counts = Counts()
    /// Outputs that the cache does not have, untouched.
    package var failed: [String] = []
    /// Files that could not be made; all others are.
    var failures: [FailedFile] = []

    /// Throws `ProjectError.checkoutFailed` if something is missing.
    package func throwIfIncomplete() throws {
        if !failed.isEmpty { throw ProjectError.checkoutFailed(failed) }
    }
}

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
        let selected = try selection.resolve(in: collection, of: project)
        let outputs = try collection.trackedOutputs(selected, in: project)
        var run = try CheckoutRun(project, options)
        try run.plan(outputs)
        if selection.targets.isEmpty { try run.planStale(besides: collection) }
        let report = try run.apply()
        if !report.failures.isEmpty { throw WorkspaceError.failedFiles(report.failures) }
        return report
    }
}
