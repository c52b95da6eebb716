/// An output or dependency with its recorded content.
package struct RecordedPath: Hashable, Sendable {
    /// As written.
    package var path: String
    /// Nil while nothing is recorded: not yet committed.
    package var content: ContentRecord?
    /// Of a dependency in a storage that tells contents apart itself, instead of `content`.
    package var mark: ContentMark?
    /// Of an import of a folder that follows versions, instead of `content`.
    package var versions: [FileVersion]?
    /// Of a dependency `ds://NAME`: the state of the dataset, as `DatasetLock` has it.
    package var dataset: DataValue?

    package init(
        path: String,
        content: ContentRecord? = nil,
        mark: ContentMark? = nil,
        dataset: DataValue? = nil
    ) {
        self.path = path
        self.content = content
        self.mark = mark
        self.dataset = dataset
    }
}

/// The output of a `.dvc` file.
package struct PointerOutput: Hashable, Sendable {
    package var recorded: RecordedPath
    package var options: OutputOptions

    package init(_ recorded: RecordedPath, options: OutputOptions = OutputOptions()) {
        self.recorded = recorded
        self.options = options
    }
}

/// A `.dvc` pointer file: data tracked without a command.
package struct PointerFile: Hashable, Sendable {
    package var outputs: [PointerOutput]
    /// Sources of imported data; their fields that dvswift does not use yet survive a rewrite.
    package var dependencies: [PointerDependency] = []
    /// `md5` of the file itself, which only imports have: see `stageContent`.
    package var stageDigest: String?
    package var workingDirectory: String?
    package var isFrozen = false
    package var description: String?
    package var meta: DataValue?

    package init(outputs: [PointerOutput]) {
        self.outputs = outputs
    }
}
