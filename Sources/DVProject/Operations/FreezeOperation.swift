import DVFormats
import DVPipeline
import DVReporting
import DVSystem

/// Freezes stages, so that `repro` passes them over and their pointers are not updated, or thaws them.
package struct FreezeOperation {
    private let targets: [String]
    private let isFreezing: Bool

    package init(targets: [String], isFreezing: Bool) {
        self.targets = targets
        self.isFreezing = isFreezing
    }

    /// Throws `FreezeError` after all that can be changed is changed.
    package func run(in project: Project) throws -> TouchedFiles {
        let collection = try StageCollection.read(project)
        let git = try GitBookkeeper(project)
        var files = collection.files
        var failures: [FreezeError.Failure] = []
        for target in targets {
            do {
                for index in try collection.graph.select([target], at: project.place) {
                    let stage = collection.stages[index]
                    guard let file = files[stage.file] else { continue }
                    try project.checkIsWritten(stage, isRemoval: false)
                    files[stage.file] = try change(stage, file, project)
                    git.touch(stage.file)
                }
            } catch let error where !(error is Interrupted) {
                failures.append(FreezeError.Failure(target: target, error: error))
            }
        }
        let touched = try git.finish()
        guard failures.isEmpty else {
            throw FreezeError(isFreezing: isFreezing, failures: failures)
        }
        return touched
    }

    /// Writes the file of a stage; gives it as it is now.
    private func change(_ stage: Stage, _ file: StageFile, _ project: Project) throws -> StageFile {
        let content: StageFile.Content
        let text: [UInt8]
        switch file.content {
        case .pointer(var pointer):
            pointer.isFrozen = isFreezing
            text = try pointer.serialized(updating: file.text, file: project.display(file.path))
            content = .pointer(pointer)
        case .pipeline(let pipeline, let lock):
            let changed = try pipeline.settingFrozen(isFreezing, of: stage.name ?? "")
            text = changed.bytes
            content = .pipeline(changed, lock: lock)
            let shown = project.display(file.path)
            let name = stage.name ?? ""
            project.reporter.report(.answer("Modifying stage '\(name)' in '\(shown)'"))
        }
        if text != file.text { try file.path.replaceContents(with: text) }
        return StageFile(path: file.path, text: text, content: content, stages: file.stages)
    }
}

/// Stages that could not be frozen or thawed.
package struct FreezeError: Error, Sendable {
    package struct Failure: Sendable {
        package let target: String
        package let error: any Error
    }

    package let isFreezing: Bool
    package let failures: [Failure]
}
