import DVFormats
import DVPipeline
import DVSystem

/// An output with what users say about it.
package struct AnnotatedOutput: Sendable {
    /// As a user in the working directory would write it.
    package let path: String
    package let options: OutputOptions
}

/// Lists the outputs of a project with their annotations.
package struct ListDataOperation {
    private let selection: TargetSelection
    private let types: Set<String>
    private let labels: Set<String>

    /// An output is listed if it has one of the `types` and at least one of the `labels`; an empty set lets all through.
    package init(selection: TargetSelection, types: Set<String>, labels: Set<String>) {
        self.selection = selection
        self.types = types
        self.labels = labels
    }

    /// Sorted by path.
    package func run(in project: Project) throws -> [AnnotatedOutput] {
        let collection = try StageCollection.read(project)
        let outputs = try selection.resolve(in: collection, of: project).flatMap { selected in
            selected.stage.outputs.filter { selected.part?.hasPrefix($0.path) ?? true }
        }
        return Set(outputs).filter { isWanted($0.options) }
            .sorted { $0.path < $1.path }
            .map { AnnotatedOutput(path: project.display($0.path), options: $0.options) }
    }

    private func isWanted(_ options: OutputOptions) -> Bool {
        if !types.isEmpty, !(options.type.map(types.contains) ?? false) { return false }
        return labels.isEmpty || !labels.isDisjoint(with: options.labels)
    }
}
