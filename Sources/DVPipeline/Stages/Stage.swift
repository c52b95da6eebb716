import DVFormats
import DVSystem

/// Names a stage: its file, and its name in a `dvc.yaml`.
package struct StageID: Hashable, Sendable {
    package let file: AbsolutePath
    /// Nil for the one stage of a `.dvc` file.
    package let name: String?

    package init(file: AbsolutePath, name: String?) {
        self.file = file
        self.name = name
    }
}

/// A file or directory that a stage reads.
package struct StageDependency: Hashable, Sendable {
    package let path: AbsolutePath
    /// As the stage's file says it, and so the key in `dvc.lock`.
    package let written: String
    /// As DVC prints it.
    package internal(set) var display: String

    /// Of `ds://NAME`: the dataset, which is no path.
    package let dataset: String?

    /// Whether it is a path of this machine.
    package var isPath: Bool { dataset == nil && !isAddress }

    /// Whether it is an address, of a storage or of this machine, and no path.
    package var isAddress: Bool {
        dataset == nil && (written.contains("://") || written.hasPrefix("rclone:"))
    }
}

/// Parameters that a stage reads from one file.
package struct StageParameters: Hashable, Sendable {
    package let file: AbsolutePath
    /// As the stage's file says it, and so the key in `dvc.lock`.
    package let written: String
    package let display: String
    /// Dotted keys in order; empty means the whole file.
    package let keys: [String]
}

/// A file or directory that a stage writes, or that a `.dvc` file tracks.
package struct StageOutput: Hashable, Sendable {
    package let path: AbsolutePath
    /// As the stage's file says it, and so the key in `dvc.lock`.
    package let written: String
    package let display: String
    package let kind: OutputDefinition.Kind
    package let options: OutputOptions
}

/// One unit of a project with its paths resolved: a stage of a `dvc.yaml`, or a `.dvc` file (a stage without command).
package struct Stage: Sendable {
    package let id: StageID
    /// As DVC names it: `train`, `sub/dvc.yaml:train`, `data.csv.dvc`; relative to the user's directory.
    package let address: String
    package let workingDirectory: AbsolutePath
    /// Nil for a `.dvc` file.
    package let command: StageCommand?
    package let dependencies: [StageDependency]
    package let parameters: [StageParameters]
    package let outputs: [StageOutput]
    /// What its file says for people.
    package let summary: String?
    /// How its `dvc.yaml` says it; `.written` for a `.dvc` file.
    package let origin: StageDefinition.Origin
    /// What its references use of files of variables.
    package let usedVariables: [UsedVariable]
    /// What its `dvc.yaml` notes for programs.
    package let meta: DataValue?
    package let isFrozen: Bool
    package let isAlwaysChanged: Bool
    /// A `.dvc` file whose data came from elsewhere.
    package let isImport: Bool

    package var file: AbsolutePath { id.file }

    /// The `foreach` or `matrix` that it was generated from.
    package var group: String? {
        if case .generated(let group) = origin { group } else { nil }
    }

    /// The target that means all stages of its group.
    package var groupAddress: String? {
        guard let group, let name else { return nil }
        return address.dropLast(name.count) + group
    }
    package var name: String? { id.name }

    /// Without a command: tracked data.
    package var isDataSource: Bool { command == nil }

    /// A command with nothing to compare runs every time.
    package var isCallback: Bool {
        command != nil && dependencies.isEmpty && parameters.isEmpty && outputs.isEmpty
    }

    /// Every path it reads, parameter files last.
    package var inputPaths: [AbsolutePath] {
        dependencies.filter(\.isPath).map(\.path) + parameters.map(\.file)
    }
}

extension Stage: Hashable {
    package static func == (left: Stage, right: Stage) -> Bool { left.id == right.id }

    package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
