import DVHashing
import DVObjects
import DVReporting
import DVSystem
import Synchronization

/// One object that could not be moved, and why.
package struct TransferFailure: Sendable {
    package let name: ObjectName
    package let error: any Error

    package init(name: ObjectName, error: any Error) {
        self.name = name
        self.error = error
    }
}

/// What a transfer did.
package struct TransferReport: Sendable {
    package var transferred: [ObjectName] = []
    package var failures: [TransferFailure] = []
}

/// Moves many objects between a cache and a remote with several threads.
///
/// One bad object does not stop the others: failures are collected. Interruption and a full or unwritable target do stop.
package struct ObjectTransfer: Sendable {
    private let cache: ObjectStore
    private let remote: any Remote
    private let jobs: Int
    private let progress: Progress

    package init(cache: ObjectStore, remote: any Remote, jobs: Int, progress: Progress) {
        self.cache = cache
        self.remote = remote
        self.jobs = jobs
        self.progress = progress
    }

    /// Moves `names` in the given direction; the report is in their order.
    package func move(
        _ names: [ObjectName],
        _ direction: TransferDirection
    ) throws -> TransferReport {
        let batches = try WorkerPool(jobs: jobs).map(
            count: names.count,
            // Every thread gets work, and few batches are left to wait for at the end.
            batchSize: max(1, min(32, names.count / (4 * max(1, jobs)))),
            worker: {
                (
                    channel: try remote.makeChannel(to: cache, progress: progress),
                    scratch: cache.makeScratch(progress: progress)
                )
            },
            body: { worker, range in
                try moveBatch(names[range], direction, worker.channel, worker.scratch)
            }
        )
        return batches.reduce(into: TransferReport()) {
            $0.transferred += $1.transferred
            $0.failures += $1.failures
        }
    }

    private func moveBatch(
        _ names: ArraySlice<ObjectName>,
        _ direction: TransferDirection,
        _ channel: any RemoteChannel,
        _ scratch: ObjectScratch
    ) throws -> TransferReport {
        var report = TransferReport()
        var readAhead = names.startIndex
        for (index, name) in zip(names.indices, names) {
            if index == readAhead {
                readAhead += try channel.readAhead(names[index...], direction, scratch: scratch)
            }
            do {
                switch direction {
                case .upload: try channel.upload(name)
                case .download: try channel.download(name, scratch: scratch)
                }
                report.transferred.append(name)
            } catch let error where !Self.concernsAll(error) {
                report.failures.append(TransferFailure(name: name, error: error))
            }
        }
        return report
    }

    /// Whether no other object could succeed either.
    package static func concernsAll(_ error: any Error) -> Bool {
        if error is Interrupted { return true }
        if case ObjectError.unwritableCache = error { return true }
        if let error = error as? StorageError { return error.concernsAll }
        return false
    }
}
