/// Every line that DVC prints for `repro` and that scripts may read, in one place.
///
/// All are for standard output but those whose comment says otherwise.
package enum ReproduceText {
    package static func unchanged(_ stage: Stage) -> String {
        stage.name == nil
            ? "'\(stage.address)' didn't change, skipping"
            : "Stage '\(stage.address)' didn't change, skipping"
    }

    package static func running(_ stage: Stage) -> String { "Running stage '\(stage.address)':" }

    package static func command(_ line: String) -> String { "> \(line)" }

    package static func cached(_ stage: Stage) -> String {
        "Stage '\(stage.address)' is cached - skipping run, checking out outputs"
    }

    package static func pulling(_ stage: Stage) -> String {
        "Pulling data for stage: '\(stage.address)'"
    }

    package static func unableToPull(_ stage: Stage) -> String {
        "Unable to pull data for stage: '\(stage.address)'"
    }

    package static func verifying(_ stage: Stage) -> String {
        stage.isFrozen
            ? "Verifying outputs in frozen stage: '\(stage.address)'"
            : "Verifying data sources in stage: '\(stage.address)'"
    }

    /// A warning.
    package static func frozen(_ stage: Stage) -> String {
        "stage: '\(stage.address)' is frozen. Its dependencies are not going to be reproduced."
    }

    /// A warning of `status`.
    package static func frozenInStatus(_ stage: Stage) -> String {
        """
        stage: '\(stage.address)' is frozen. Its dependencies are not going to be shown in the \
        status output.
        """
    }

    /// A warning.
    package static func skipping(_ stages: [Stage]) -> String {
        """
        \(stages.count == 1 ? "Stage" : "Stages") \(names(stages)) will be skipped due to this \
        failure
        """
    }

    /// A warning.
    package static func retrying(
        _ stage: Stage,
        _ problem: String,
        _ attemptsLeft: Int
    ) -> String {
        let times = attemptsLeft == 1 ? "one more time" : "up to \(attemptsLeft) more times"
        return "stage '\(stage.address)': \(problem); trying again, \(times)"
    }

    /// A question.
    package static func confirmation(_ stage: Stage) -> String {
        "Going to reproduce stage: '\(stage.address)'. Are you sure you want to continue?"
    }

    /// An error.
    package static func failed(_ stages: [Stage]) -> String {
        "failed to reproduce\(stages.count > 1 ? " stages:" : "") \(names(stages))"
    }

    package static func generatingLockFile(_ path: String) -> String {
        "Generating lock file '\(path)'"
    }

    package static func updatingLockFile(_ path: String) -> String {
        "Updating lock file '\(path)'"
    }

    /// The last line: whether anything was done.
    package static func closing(_ report: ReproductionReport) -> String {
        report.reproduced.isEmpty ? upToDate : pushHint
    }

    package static let upToDate = "Data and pipelines are up to date."
    package static let pushHint = "Use `dvc push` to send your updates to remote storage."

    /// A warning for a fish older than 3.3.0.
    package static let oldFish = """
        DVC detected that you are using a version of fish shell below 3.3.0 Be aware that it might \
        cause problems by overwriting your current environment variables with values defined in \
        'config.fish', which might affect your command. See \
        https://github.com/treeverse/dvc/issues/1307.
        """

    /// Quoted, as in a sentence.
    private static func names(_ stages: [Stage]) -> String {
        let quoted = stages.map { "'\($0.address)'" }
        guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
        return "\(quoted.dropLast().joined(separator: ", ")) and \(last)"
    }
}
