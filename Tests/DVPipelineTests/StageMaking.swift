import DVFormats
import DVPipeline
import DVReporting
import DVSystem
import Synchronization

/// A project that exists only as paths.
let place = ProjectPlace(root: path("/p"), workingDirectory: path("/p"))

func path(_ text: String) -> AbsolutePath { AbsolutePath(text, relativeTo: .root) }

/// A stage of `/p/dvc.yaml`, or of another file.
func stage(
    _ name: String,
    _ dependencies: [String] = [],
    _ outputs: [String] = [],
    in file: String = "dvc.yaml",
    at place: ProjectPlace = place,
    change: (inout StageDefinition) -> Void = { _ in }
) -> Stage {
    var definition = StageDefinition(name: name, command: .single("echo \(name)"))
    definition.dependencies = dependencies
    definition.outputs = outputs.map { OutputDefinition(path: $0) }
    change(&definition)
    return Stage(definition, in: place.root.appending(file), at: place)
}

/// Keeps every event.
final class RecordingReporter: Reporter {
    private let recorded = Mutex<[ReportEvent]>([])

    var events: [ReportEvent] { recorded.withLock { $0 } }

    func report(_ event: ReportEvent) { recorded.withLock { $0.append(event) } }

    func begin(_ progress: Progress) {}
}
