/// A target that names no stage.
package enum SelectionError: Error, Hashable, Sendable {
    /// The file, as the user would name it, has no such stage; with the one whose name is nearest.
    case stageNotFound(name: String, file: String, nearest: String? = nil)
    /// There is no such `dvc.yaml` or `.dvc` file.
    case fileNotFound(String)
    /// The target names a `dvc.lock`.
    case lockFile(suggestion: String)

    /// What DVC says.
    package var message: String {
        switch self {
        case .stageNotFound(let name, let file, _):
            "Stage '\(name)' not found inside '\(file)' file"
        case .fileNotFound(let file): "'\(file)' does not exist"
        case .lockFile(let suggestion): "Did you mean: `\(suggestion)`?"
        }
    }
}
