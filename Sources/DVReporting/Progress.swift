import Synchronization

/// The counters of one long operation: advanced by workers, read by whoever draws it.
///
/// Thread-safe and cheap.
package final class Progress: Sendable {
    /// What is being done, as a short verb phrase: "Hashing", "Pushing".
    package let label: String
    private let byteTotal: Atomic<Int64>
    private let itemTotal: Atomic<Int>
    private let bytes = Atomic<Int64>(0)
    private let items = Atomic<Int>(0)
    private let finished = Atomic<Bool>(false)

    /// Totals of 0 mean unknown.
    package init(_ label: String, totalBytes: Int64 = 0, totalItems: Int = 0) {
        self.label = label
        byteTotal = Atomic(totalBytes)
        itemTotal = Atomic(totalItems)
    }

    package var totalBytes: Int64 { byteTotal.load(ordering: .relaxed) }
    package var totalItems: Int { itemTotal.load(ordering: .relaxed) }
    package var completedBytes: Int64 { bytes.load(ordering: .relaxed) }
    package var completedItems: Int { items.load(ordering: .relaxed) }
    package var isFinished: Bool { finished.load(ordering: .acquiring) }

    package func expect(bytes: Int64, items: Int) {
        byteTotal.add(bytes, ordering: .relaxed)
        itemTotal.add(items, ordering: .relaxed)
    }

    package func advance(bytes: Int64 = 0, items: Int = 0) {
        self.bytes.add(bytes, ordering: .relaxed)
        self.items.add(items, ordering: .relaxed)
    }

    package func finish() {
        finished.store(true, ordering: .releasing)
    }
}
