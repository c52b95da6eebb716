/// The command of a stage: one string, or a list that runs in order.
package enum StageCommand: Hashable, Sendable {
    case single(String)
    case list([String])

    package var lines: [String] {
        switch self {
        case .single(let line): [line]
        case .list(let lines): lines
        }
    }
}

/// Parameters a stage depends on: some keys of a file, or all of it.
package struct ParameterSelection: Hashable, Sendable {
    /// As written, relative to the stage's working directory.
    package var file: String
    /// Dotted keys, as written and in order; empty means the whole file.
    package var keys: [String]

    package init(file: String = ParameterSelection.defaultFile, keys: [String]) {
        self.file = file
        self.keys = keys
    }

    package static let defaultFile = "params.yaml"
}

/// One stage of a `dvc.yaml`: nothing resolved against the file system.
package struct StageDefinition: Hashable, Sendable {
    /// How a stage came to be what it says.
    package enum Origin: Hashable, Sendable {
        /// Word by word in the file.
        case written
        /// With values in the place of references.
        case resolved
        /// By a `foreach` or `matrix` of that name.
        case generated(from: String)
    }

    package var origin = Origin.written
    /// In the order of first use.
    package var usedVariables: [UsedVariable] = []
    package var name: String
    package var command: StageCommand
    package var workingDirectory: String?
    package var dependencies: [String] = []
    /// One selection per file, in the order of first mention.
    package var parameters: [ParameterSelection] = []
    /// Outputs, metrics and plots, in this order of kinds.
    package var outputs: [OutputDefinition] = []
    package var isFrozen = false
    package var isAlwaysChanged = false
    package var description: String?
    package var meta: DataValue?

    package init(name: String, command: StageCommand) {
        self.name = name
        self.command = command
    }
}

extension StageDefinition {
    /// With what was noted of the stage that it replaces, as far as it says nothing of its own: description, `meta`, and of
    /// outputs with the same path description, type, labels, `meta`, `remote` and `push`.
    ///
    /// A replaced description rules in DVC even where a new one is given; here the new one does.
    package func keepingNotes(of old: StageDefinition?) -> StageDefinition {
        guard let old else { return self }
        var stage = self
        stage.description = description ?? old.description
        stage.meta = meta ?? old.meta
        for index in stage.outputs.indices {
            let same = old.outputs.first { $0.path == stage.outputs[index].path }
            guard let notes = same?.options else { continue }
            stage.outputs[index].options.description = notes.description
            stage.outputs[index].options.type = notes.type
            stage.outputs[index].options.labels = notes.labels
            stage.outputs[index].options.meta = notes.meta
            stage.outputs[index].options.remote = notes.remote
            stage.outputs[index].options.isPushed = notes.isPushed
        }
        return stage
    }
}
