import DVSystem

/// Why a stage cannot be run, or did not do what it says.
package enum StageError: Error, Hashable, Sendable {
    case commandFailed(line: String, ExitReason)
    case dependencyMissing(String)
    /// A dependency `ds://NAME` without such an entry in any `dvc.yaml`.
    case datasetUnknown(String, nearest: String?)
    /// `dvc.lock` has no state of a dataset, or that of another definition.
    case datasetNotLocked(String, isOutOfStep: Bool)
    case parametersMissing([String], file: String)
    /// A pattern that must match one parameter matches several.
    case parameterAmbiguous(String, matches: [String], file: String)
    /// The command ended well without writing an output.
    case outputMissing(String)
    /// Tracked data that is not in the workspace.
    case dataMissing([String])
    case workingDirectoryMissing(String)
    /// The user said no.
    case aborted
}

extension StageError: CustomStringConvertible {
    /// What DVC says.
    package var description: String {
        switch self {
        case .commandFailed(let line, let reason):
            "failed to run: \(line), exited with \(reason.code)"
        case .dependencyMissing(let path): "dependency '\(path)' does not exist"
        case .datasetUnknown(let name, _):
            "dataset not found: '\(name)': no dvc.yaml of the project defines it in 'datasets'"
        case .datasetNotLocked(_, isOutOfStep: true): "Dataset information is not in sync"
        case .datasetNotLocked(let name, isOutOfStep: false):
            "Dataset information missing from dvc.lock file: nothing is recorded of '\(name)'"
        case .parametersMissing(let keys, let file):
            "Parameters '\(keys.joined(separator: ", "))' are missing from '\(file)'."
        case .parameterAmbiguous(let key, let matches, let file):
            "parameter '\(key)' must match one value of '\(file)', but it matches \(matches.joined(separator: ", "))"
        case .outputMissing(let path): "output '\(path)' does not exist"
        case .dataMissing(let paths):
            "missing data '\(paths.count > 1 ? "sources" : "source")': \(paths.joined(separator: ", "))"
        case .workingDirectoryMissing(let path): "working directory '\(path)' does not exist"
        case .aborted: "reproduction aborted by the user"
        }
    }
}
