import DVFormats

/// How something differs from its record.
package enum Change: String, Hashable, Sendable {
    case new, modified, deleted
    case notInCache = "not in cache"
    /// The origin of an import has a newer version.
    case updateAvailable = "update available"
    /// A dataset whose state is not known, or known of another definition of it.
    case notInSync = "not in sync"
}

/// A dependency or output that differs from its record.
package struct PathChange: Hashable, Sendable {
    /// As DVC prints it.
    package let path: String
    package let change: Change
    /// Nil where nothing was recorded.
    package let old: ContentRecord?
    /// Nil where there is nothing, or where it was not needed for the decision.
    package let new: ContentRecord?

    package init(path: String, change: Change, old: ContentRecord?, new: ContentRecord?) {
        self.path = path
        self.change = change
        self.old = old
        self.new = new
    }
}

/// A parameter that differs from its record.
package struct ParameterChange: Hashable, Sendable {
    /// The file, as DVC prints it.
    package let file: String
    /// The dotted key.
    package let key: String
    package let change: Change
    package let old: DataValue?
    package let new: DataValue?
}

/// A dataset that is not the one that a stage used.
package struct DatasetChange: Hashable, Sendable {
    /// As the stage says it: `ds://NAME`.
    package let path: String
    package let change: Change
    /// Nil where nothing was recorded.
    package let old: DatasetLock?
    /// Nil where nothing is known.
    package let new: DatasetLock?
}

/// Why a stage is not up to date.
package enum StaleReason: Hashable, Sendable {
    case command(old: StageCommand?, new: StageCommand?)
    case dependency(PathChange)
    case dataset(DatasetChange)
    case parameter(ParameterChange)
    /// A parameter file that is gone, or of which nothing is recorded.
    case parameterFile(String, Change)
    case output(PathChange)
    /// Declared so, or a command without dependencies and outputs.
    case alwaysChanged
    /// The file of an import was edited after it was written.
    case checksum
}
