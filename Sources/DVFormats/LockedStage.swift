/// The values of one parameter file as a stage last saw them.
package struct LockedParameters: Hashable, Sendable {
    package var file: String
    /// By dotted key; `dvc.lock` lists them sorted.
    package var values: [String: DataValue]

    package init(file: String, values: [String: DataValue]) {
        self.file = file
        self.values = values
    }
}

/// What `dvc.lock` records of a stage's last successful run.
package struct LockedStage: Hashable, Sendable {
    package var command: StageCommand
    package var dependencies: [RecordedPath] = []
    package var parameters: [LockedParameters] = []
    package var outputs: [RecordedPath] = []

    package init(command: StageCommand) {
        self.command = command
    }
}
