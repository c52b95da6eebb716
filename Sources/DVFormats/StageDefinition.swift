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

/// One stage of a `dvc.yaml`, as written: nothing resolved against the file system.
package struct StageDefinition: Hashable, Sendable {
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
