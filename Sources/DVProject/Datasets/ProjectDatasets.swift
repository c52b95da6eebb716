import DVFormats
import DVPipeline
import DVSystem

/// The datasets of all `dvc.yaml` files of a project, by name.
struct ProjectDatasets: Sendable {
    struct Entry: Sendable {
        let file: AbsolutePath
        let dataset: Dataset
    }

    private(set) var entries: [String: Entry] = [:]

    /// Throws `StageError.datasetUnknown`.
    func dataset(named name: String) throws(StageError) -> Dataset {
        if let entry = entries[name] { return entry.dataset }
        throw .datasetUnknown(name, nearest: Spelling.nearest(to: name, among: entries.keys))
    }

    fileprivate mutating func add(_ file: StageFile) throws(FormatError) {
        guard case .pipeline(let pipeline, let lock) = file.content else { return }
        let definitions = try pipeline.datasets()
        if definitions.isEmpty { return }
        let recorded = try lock.datasets()
        for definition in definitions {
            entries[definition.name] = Entry(
                file: file.path,
                dataset: Dataset(definition, recorded: recorded)
            )
        }
    }
}

extension StageCollection {
    /// Of several with one name the last counts, as in DVC.
    func datasets() throws(FormatError) -> ProjectDatasets {
        var datasets = ProjectDatasets()
        for file in files.values.sorted(by: { $0.path < $1.path }) { try datasets.add(file) }
        return datasets
    }
}
