import DVFormats
import DVSystem

/// What became of a dataset.
package struct DatasetReport: Sendable {
    /// Nil for one that is new.
    package let old: Dataset?
    package let new: Dataset
    package let touched: TouchedFiles

    /// Nothing had to be written.
    package var isUnchanged: Bool { old == new }
}

/// Writes the entries of a dataset into `dvc.yaml` and `dvc.lock`.
struct DatasetRecorder {
    private let project: Project
    private let git: GitBookkeeper

    init(_ project: Project) throws {
        self.project = project
        git = try GitBookkeeper(project)
    }

    /// The definition first: as long as only that is there, stages that use it do not run.
    func record(
        _ lock: DatasetLock,
        in file: AbsolutePath,
        _ pipeline: PipelineFile,
        instead old: Dataset?
    ) throws -> DatasetReport {
        let definition = lock.definition
        if definition != old?.definition {
            guard let text = try pipeline.setting(definition) else {
                throw DatasetError.parametrized(definition.name, file: project.display(file))
            }
            try file.replaceContents(with: text)
            git.touch(file)
        }
        if lock != old?.lock {
            let path = StageCommitter.lockPath(of: file)
            let text = try lock.recorded(
                in: try path.readBytesIfPresent() ?? [],
                file: project.display(path)
            )
            try path.replaceContents(with: text)
            git.touch(path)
        }
        return DatasetReport(
            old: old,
            new: Dataset(definition, recorded: [lock.value]),
            touched: try git.finish()
        )
    }
}
