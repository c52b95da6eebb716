import DVFormats
import DVHashing
import DVSystem

/// Answers questions about the workspace and the cache; asked only for what a decision needs.
///
/// Thread-safe.
package protocol ContentSource: Sendable {
    /// Whether a file or directory is at `path`; what `.dvcignore` hides is not.
    func exists(_ path: AbsolutePath) throws -> Bool

    /// The content at `path`, hashed by `scheme`; nil if nothing is there. The costly question.
    func content(of path: AbsolutePath, scheme: HashScheme) throws -> ContentRecord?

    /// What is at the address of a dependency, as it would be recorded; nil if nothing is there. May ask a network.
    func state(ofAddress dependency: StageDependency) throws -> SourceState?

    /// Whether anything is at the address of a dependency.
    func exists(atAddress dependency: StageDependency) throws -> Bool

    /// Whether the cache holds the content; of a directory, its listing and every file.
    func isInCache(_ record: ContentRecord) throws -> Bool

    /// The parsed parameter file, nil if it is not there.
    func parameters(in file: AbsolutePath) throws -> DataValue?

    /// The stage that writes `path`, or the folder or file that it overlaps with; nil if none does.
    func maker(of path: AbsolutePath) -> Stage?

    /// The dataset of that name.
    ///
    /// Throws `StageError.datasetUnknown`.
    func dataset(named name: String) throws -> Dataset

    /// What is recorded of the output at `path`, whichever stage makes it; nil if none does.
    func recordedContent(at path: AbsolutePath) throws -> ContentRecord?
}

extension ContentSource {
    package func exists(atAddress dependency: StageDependency) throws -> Bool {
        try state(ofAddress: dependency) != nil
    }

    package func maker(of path: AbsolutePath) -> Stage? { nil }

    package func dataset(named name: String) throws -> Dataset {
        throw StageError.datasetUnknown(name, nearest: nil)
    }

    package func recordedContent(at path: AbsolutePath) throws -> ContentRecord? { nil }
}

extension Dataset {
    /// Throws `StageError.datasetNotLocked` where a stage that uses it cannot run.
    package func knownState() throws(StageError) -> DatasetLock {
        if let lock { return lock }
        throw .datasetNotLocked(definition.name, isOutOfStep: isOutOfStep)
    }
}
