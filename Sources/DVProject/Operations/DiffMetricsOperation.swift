/// Compares the metrics of two revisions, or of a revision and the workspace.
package struct DiffMetricsOperation {
    private let pair: FigurePair
    private let targets: [String]

    /// `workspace` is a name of a revision too.
    ///
    /// `isKeepingEqual` tells what did not change as well.
    package init(from old: String, to new: String, targets: [String], isKeepingEqual: Bool) {
        pair = FigurePair(old: old, new: new, isKeepingEqual: isKeepingEqual)
        self.targets = targets
    }

    package func run(in project: Project) throws -> FigureDiff {
        try pair.diff(.metrics(targets: targets.map(project.path(of:))), in: project)
    }
}
