/// What a user may say about an output besides its path; shared by `.dvc` files and `dvc.yaml`.
package struct OutputOptions: Hashable, Sendable {
    /// `cache: false` leaves the content to Git.
    package var isCached = true
    /// `persist: true` keeps the old content while the stage runs.
    package var isPersistent = false
    /// `push: false` keeps the content off remotes.
    package var isPushed = true
    /// The only remote for this output.
    package var remote: String?
    package var description: String?
    package var type: String?
    package var labels: [String] = []
    package var meta: DataValue?

    package init() {}
}

/// An output of a stage in `dvc.yaml`.
package struct OutputDefinition: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case output, metric
        /// With the plot settings as written, if any.
        case plot(DataValue?)
    }

    /// As written: relative to the stage's working directory, or absolute.
    package var path: String
    package var kind: Kind
    package var options: OutputOptions

    package init(path: String, kind: Kind = .output, options: OutputOptions = OutputOptions()) {
        self.path = path
        self.kind = kind
        self.options = options
    }
}
