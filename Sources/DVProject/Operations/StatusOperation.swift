import DVFormats
import DVHashing
import DVPipeline
import DVReporting
import DVSystem

/// What a status found.
package struct LocalStatus: Sendable {
    package let report: StatusReport
    /// Whether anything is tracked at all.
    package let isProjectEmpty: Bool
}

/// Compares the workspace with what is recorded.
package struct StatusOperation {
    private let selection: TargetSelection
    private let isLookingForUpdates: Bool

    /// `isLookingForUpdates`: whether the repositories that data was imported from are asked for newer versions.
    package init(selection: TargetSelection, isLookingForUpdates: Bool = true) {
        self.selection = selection
        self.isLookingForUpdates = isLookingForUpdates
    }

    package func run(in project: Project) throws -> LocalStatus {
        let collection = try StageCollection.read(project, takesContradictions: true)
        let selected = try selection.resolve(in: collection, of: project)
        let staleness = Staleness(WorkspaceSource(project, try collection.datasets()))
        var report = StatusReport()
        for entry in selected {
            try Interruption.check()
            let stage = entry.stage
            let origin = ImportStatus(stage, in: collection)
            if origin?.isHidden ?? stage.isFrozen {
                project.reporter.report(.warning(ReproduceText.frozenInStatus(stage)))
            }
            let reasons = try staleness.reasons(stage, try collection.record(of: stage))
            let others = try origin?.reasons(isLookingForUpdates, in: project) ?? []
            report.append(stage, reasons + others)
        }
        return LocalStatus(report: report, isProjectEmpty: collection.stages.isEmpty)
    }
}

extension Stage: CustomStringConvertible {
    /// As DVC names a stage in sentences.
    package var description: String { "stage: '\(address)'" }
}
