import DVSystem

/// Compares the parameters of two revisions, or of a revision and the workspace.
package struct DiffParametersOperation {
    private let pair: FigurePair
    private let targets: [String]
    private let isForStages: Bool

    /// `targets` are relative to the project's root, wherever the user is, as in DVC.
    ///
    /// `isForStages` leaves out parameters that no stage depends on.
    package init(
        from old: String,
        to new: String,
        targets: [String],
        isForStages: Bool,
        isKeepingEqual: Bool
    ) {
        pair = FigurePair(old: old, new: new, isKeepingEqual: isKeepingEqual)
        self.targets = targets
        self.isForStages = isForStages
    }

    package func run(in project: Project) throws -> FigureDiff {
        let paths = targets.map { AbsolutePath($0, relativeTo: project.root) }
        return try pair.diff(.parameters(targets: paths, isForStages: isForStages), in: project)
    }
}
