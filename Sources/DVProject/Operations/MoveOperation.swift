import DVFormats
import DVPipeline
import DVSystem

/// Renames tracked data together with its pointer.
package struct MoveOperation {
    private let source: String
    private let destination: String

    package init(from source: String, to destination: String) {
        self.source = source
        self.destination = destination
    }

    /// Everything is checked before anything moves; nothing is overwritten.
    ///
    /// The record stays as it is: what changed in the data since then is still a change. The data goes first: should the process be killed behind that, the old pointer still records it.
    package func run(in project: Project) throws -> TouchedFiles {
        let git = try GitBookkeeper(project)
        let plan = try MovePlan(from: source, to: destination, in: project, git)
        try rename(plan, project)
        try plan.newPointer.replaceContents(with: plan.text)
        if plan.newPointer != plan.oldPointer { try plan.oldPointer.removeFile() }
        git.touch(plan.oldPointer)
        git.touch(plan.newPointer)
        if plan.isCached { try git.unignore(plan.oldPath) }
        if plan.isCached { try git.ignore(plan.newPath) }
        try moveEntry(plan, project)
        return try git.finish()
    }

    private func rename(_ plan: MovePlan, _ project: Project) throws {
        guard try plan.oldPath.exists() else {
            let shown = project.display(plan.oldPath)
            return project.reporter.report(.warning("'\(shown)' missing"))
        }
        guard try plan.oldPath.renameUnlessTaken(to: plan.newPath) else {
            throw MoveError.destinationExists(project.display(plan.newPath))
        }
    }

    /// What dvswift put at the old place it now has at the new one.
    private func moveEntry(_ plan: MovePlan, _ project: Project) throws {
        var registry = try OutputRegistry(of: project)
        let known = plan.oldPath.relative(to: project.root).flatMap { registry.outputs[$0] }
        registry.forget(plan.oldPath)
        if let known { registry.record(known, at: plan.newPath) }
        try registry.save()
    }
}
