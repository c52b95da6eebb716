import DVFormats

/// What `dvc.lock` or a `.dvc` file records of a stage, by path as written there.
package struct StageRecord: Hashable, Sendable {
    /// Nil for a `.dvc` file.
    package var command: StageCommand?
    package var dependencies: [String: ContentRecord] = [:]
    /// What storages said of dependencies that are addresses.
    package var marks: [String: ContentMark] = [:]
    /// What was used of datasets.
    package var datasets: [String: DataValue] = [:]
    package var outputs: [String: ContentRecord] = [:]
    /// By file, then by dotted key.
    package var parameters: [String: [String: DataValue]] = [:]

    package init(command: StageCommand? = nil) {
        self.command = command
    }

    package init(_ locked: LockedStage) {
        command = locked.command
        dependencies = Self.contents(locked.dependencies)
        outputs = Self.contents(locked.outputs)
        for dependency in locked.dependencies {
            datasets[dependency.path] = dependency.dataset
            marks[dependency.path] = dependency.mark
        }
        for file in locked.parameters { parameters[file.file] = file.values }
    }

    package init(_ pointer: PointerFile) {
        outputs = Self.contents(pointer.outputs.map(\.recorded))
    }

    private static func contents(_ paths: [RecordedPath]) -> [String: ContentRecord] {
        var contents: [String: ContentRecord] = [:]
        for path in paths { contents[path.path] = path.content }
        return contents
    }
}
