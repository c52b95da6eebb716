import DVPipeline
import DVReporting
import DVSystem

/// The stages that targets mean, for listing.
package struct ListStagesOperation {
    private let targets: [String]?
    private let isRecursive: Bool
    private let isStrict: Bool

    /// `targets` nil lists the whole project.
    ///
    /// `isStrict` makes a file that cannot be read an error.
    package init(targets: [String]?, isRecursive: Bool, isStrict: Bool) {
        self.targets = targets
        self.isRecursive = isRecursive
        self.isStrict = isStrict
    }

    package func run(in project: Project) throws -> [Stage] {
        let walk = StageFileWalk(
            try WorkspaceFiles(of: project),
            ignoring: project.ignoring,
            at: project.place,
            onUnreadable: isStrict
                ? nil
                : { path, error in
                    project.reporter.report(.detail("Stages from \(path) failed to load: \(error)"))
                }
        )
        let collection = try StageCollection(try walk.stageFiles())
        guard let targets else { return collection.stages }
        let selection = SelectionOptions(isRecursive: isRecursive)
        return try collection.graph.select(targets, selection, at: project.place).map {
            collection.stages[$0]
        }
    }
}
