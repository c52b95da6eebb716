import DVFormats
import DVSystem

/// An output with the content that should be there.
package struct RecordedOutput: Hashable, Sendable {
    package let output: StageOutput
    package let content: ContentRecord
}

/// What data is to be had from a remote for.
package enum PullTarget: Hashable, Sendable {
    /// All that the stage records.
    case stage(Stage)
    /// What the stage that writes it records.
    case dependency(StageDependency)
}

/// The data side of running stages: hashing, cache, lock files.
///
/// Thread-safe.
package protocol StageData: ContentSource {
    /// What is recorded of a stage that is not committed yet, by other processes too; nil if it never ran.
    func record(of stage: Stage) throws -> StageRecord?

    /// Turns links into the cache at an output that is kept into files that may be written to.
    func makeWritable(_ output: StageOutput) throws

    /// Removes an output before its stage runs; nothing there is fine.
    func remove(_ output: StageOutput) throws

    /// Puts recorded contents in place of whatever is there; false, and nothing changed, unless the cache has them all.
    ///
    /// `isDry`: only answers whether it could.
    func restore(_ outputs: [RecordedOutput], of stage: Stage, isDry: Bool) throws -> Bool

    /// What an earlier run with the same command and inputs wrote, by path as written; nil if none is known.
    func cachedResult(of stage: Stage) throws -> [String: ContentRecord]?

    /// Brings recorded data from a remote into the workspace; false if not all of it could be had.
    ///
    func pull(_ target: PullTarget) throws -> Bool

    /// Records the stage as it is now: hashes inputs and outputs, caches outputs, writes the lock or pointer file.
    func commit(_ stage: Stage) throws

    /// Runs `body` while no other process works on what the stage reads and writes.
    ///
    /// `body` is told whether another may have brought the stage up to date since its record was read: it had to be waited
    /// for, or recorded something else. The project's lock is free meanwhile, because the commands may use the project too.
    func alone<Result>(
        _ stage: Stage,
        _ body: (_ isNews: Bool) throws -> Result
    ) throws -> Result
}

extension StageData {
    package func remove(_ output: StageOutput) throws { try output.path.removeTree() }

    package func cachedResult(of stage: Stage) throws -> [String: ContentRecord]? { nil }

    package func pull(_ target: PullTarget) throws -> Bool { false }

    package func alone<Result>(
        _ stage: Stage,
        _ body: (_ isNews: Bool) throws -> Result
    ) throws -> Result {
        try body(false)
    }
}
