import DVPipeline
import DVSystem

/// Writes down when stages start (`+a`) and end (`-a`).
final class RecordingExecutor: StageExecutor {
    private struct State {
        var events: [String] = []
        var arrived: Set<String> = []
        var isInterrupted = false
    }

    private let state = Monitor(State())
    private let failing: Set<String>
    private let stale: Set<String>?
    /// Stages that wait for each other, which only ends well if they run at the same time.
    private let meeting: Set<String>
    private let interrupting: String?

    init(
        failing: Set<String> = [],
        stale: Set<String>? = nil,
        meeting: Set<String> = [],
        interrupting: String? = nil
    ) {
        self.failing = failing
        self.stale = stale
        self.meeting = meeting
        self.interrupting = interrupting
    }

    var events: [String] { state.update { $0.events } }
    var isInterrupted: Bool { state.update { $0.isInterrupted } }
    var hasMet: Bool { state.update { [meeting] in $0.arrived == meeting } }

    func reproduce(_ stage: Stage, _ request: StageRequest) throws -> StageWork {
        let name = stage.address
        if let stale, !stale.contains(name), !request.isForced { return .none }
        state.update { $0.events.append("+\(name)") }
        defer { state.update { $0.events.append("-\(name)") } }
        if meeting.contains(name) {
            state.update { _ = $0.arrived.insert(name) }
            _ = state.wait { [meeting] in $0.arrived == meeting ? true : nil }
        }
        if name == interrupting {
            state.update { $0.isInterrupted = true }
            throw Interrupted()
        }
        if failing.contains(name) { throw StageError.aborted }
        return .run
    }
}
