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
    /// On the way to another file system the original goes last, when the new pointer is there.
    package func run(in project: Project) throws -> TouchedFiles {
        let git = try GitBookkeeper(project)
        let plan = try MovePlan(from: source, to: destination, in: project, git)
        let crossing = try rename(plan, project)
        try plan.newPointer.replaceContents(with: plan.text)
        if plan.newPointer != plan.oldPointer { try plan.oldPointer.removeFile() }
        git.touch(plan.oldPointer)
        git.touch(plan.newPointer)
        if plan.isCached { try git.unignore(plan.oldPath) }
        if plan.isCached { try git.ignore(plan.newPath) }
        try moveEntry(plan, project)
        let touched = try git.finish()
        for path in try crossing?.removeOriginal() ?? [] {
            let shown = project.display(path)
            project.reporter.report(.warning("'\(shown)' changed during the move and stays"))
        }
        return touched
    }

    /// Gives the original that is still to be removed, if the data was copied.
    private func rename(_ plan: MovePlan, _ project: Project) throws -> DiskCrossing? {
        guard try plan.oldPath.exists() else {
            let shown = project.display(plan.oldPath)
            project.reporter.report(.warning("'\(shown)' missing"))
            return nil
        }
        var crossing: DiskCrossing?
        let isPut: Bool
        do throws(SystemError) {
            isPut = try plan.oldPath.renameUnlessTaken(to: plan.newPath)
        } catch {
            // Mounts, but also folders of a container's image.
            guard error.code == .improperLink else { throw error }
            (crossing, isPut) = try copy(plan, project)
        }
        guard isPut else { throw MoveError.destinationExists(project.display(plan.newPath)) }
        return crossing
    }

    private func copy(
        _ plan: MovePlan,
        _ project: Project
    ) throws -> (crossing: DiskCrossing, isPut: Bool) {
        try project.withProgress("Moving to another disk") { progress in
            var crossing = try DiskCrossing(of: plan.oldPath, progress)
            let isPut = try crossing.copy(to: plan.newPath)
            return (crossing, isPut)
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
