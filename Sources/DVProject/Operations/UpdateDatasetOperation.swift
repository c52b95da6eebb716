import DVFormats
import DVPipeline
import DVSystem

/// Records what a dataset is now.
package struct UpdateDatasetOperation {
    private let name: String
    private let revision: String?

    /// `revision`: the one to follow from now on.
    package init(_ name: String, revision: String? = nil) {
        self.name = name
        self.revision = revision
    }

    /// Throws `StageError.datasetUnknown`.
    package func run(in project: Project) throws -> DatasetReport {
        let collection = try StageCollection.read(project, takesContradictions: true)
        let datasets = try collection.datasets()
        let old = try datasets.dataset(named: name)
        guard let file = datasets.entries[name]?.file,
            case .pipeline(let pipeline, _)? = collection.files[file]?.content
        else { throw StageError.datasetUnknown(name, nearest: nil) }
        var definition = old.definition
        if let revision {
            guard definition.kind == .dvc else { throw DatasetError.withoutRevisions(name) }
            definition.revision = revision
        }
        let lock = try DatasetState(in: project, from: file.parent).lock(of: definition)
        return try DatasetRecorder(project).record(lock, in: file, pipeline, instead: old)
    }
}
