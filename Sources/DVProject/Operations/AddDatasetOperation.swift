import DVFormats
import DVSystem

/// Defines a dataset in the `dvc.yaml` of the working directory, and records what it is now.
package struct AddDatasetOperation {
    private let definition: DatasetDefinition
    private let isForced: Bool

    /// `isForced`: one of that name in the same file is replaced.
    package init(_ definition: DatasetDefinition, isForced: Bool = false) {
        self.definition = definition
        self.isForced = isForced
    }

    /// Nothing is written before the state is known.
    package func run(in project: Project) throws -> DatasetReport {
        let collection = try StageCollection.read(project, takesContradictions: true)
        let file = project.path(of: StageFileReader.pipelineName)
        let existing = try collection.datasets().entries[definition.name]
        if let existing, !isForced || existing.file != file {
            throw DatasetError.exists(
                definition.name,
                file: project.display(existing.file),
                isHere: existing.file == file
            )
        }
        var pipeline = PipelineFile(file: project.display(file))
        if case .pipeline(let found, _)? = collection.files[file]?.content { pipeline = found }
        let lock = try DatasetState(in: project, from: file.parent).lock(of: definition)
        return try DatasetRecorder(project).record(
            lock,
            in: file,
            pipeline,
            instead: existing?.dataset
        )
    }
}
