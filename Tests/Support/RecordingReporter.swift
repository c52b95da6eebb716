import DVReporting
import Synchronization

/// Keeps everything that is reported, in order.
package final class RecordingReporter: Reporter {
    private let recorded = Mutex<[ReportEvent]>([])

    package init() {}

    package var events: [ReportEvent] { recorded.withLock { $0 } }

    /// The lines of the answer.
    package var answers: [String] {
        events.compactMap { if case .answer(let line) = $0 { line } else { nil } }
    }

    package var notices: [String] {
        events.compactMap { if case .notice(let line) = $0 { line } else { nil } }
    }

    package func report(_ event: ReportEvent) {
        recorded.withLock { $0.append(event) }
    }

    package func begin(_ progress: Progress) {}
}
