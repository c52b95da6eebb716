import DVSystem
import DVTestSupport
import Synchronization
import Testing

@Suite struct FileLockTests {
    @Test func `a lock let go is free at once, even while children are being started`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.appending("lock")
        let waits = Atomic<Int>(0)
        try WorkerPool(jobs: 2).forEach(count: 2, batchSize: 1) { range in
            for _ in 0..<60 {
                guard range.lowerBound == 0 else {
                    let request = ChildRequest(["/bin/true"], environment: [], in: directory.path)
                    _ = try ChildProcess.run(request)
                    continue
                }
                for _ in 0..<20 {
                    _ = try FileLock(at: path) { _ in waits.add(1, ordering: .relaxed) }
                }
            }
        }
        #expect(waits.load(ordering: .relaxed) == 0)
    }

    @Test func `the folder of a lock is made if it is missing`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.appending("folder/below/lock")
        let lock = try FileLock(at: path) { _ in }
        defer { withExtendedLifetime(lock) {} }
        #expect(try path.exists())
    }

    @Test func `a held lock makes others wait and names the holder`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.appending("lock")
        let holder = Mutex<[Int32?]>([])
        let state = Monitor((isHeld: false, isWaiting: false))
        try WorkerPool(jobs: 2).forEach(count: 2, batchSize: 1) { range in
            if range.lowerBound == 0 {
                let lock = try FileLock(at: path) { _ in }
                state.update { $0.isHeld = true }
                state.wait { $0.isWaiting ? () : nil }
                _ = consume lock
            } else {
                state.wait { $0.isHeld ? () : nil }
                _ = try FileLock(at: path) { process in
                    holder.withLock { $0.append(process) }
                    state.update { $0.isWaiting = true }
                }
            }
        }
        #expect(holder.withLock { $0.count } == 1)
    }
}
