import DVFormats
import DVSystem

/// What a project says of its metrics or parameters at one moment.
package struct FigureMoment: Sendable {
    /// `workspace`, or the names of a commit with commas between them; empty where nobody asked for revisions.
    package let name: String
    /// An error means that the stages cannot be read.
    package let content: Result<[FigureFile], any Error>

    package var files: [FigureFile] {
        if case .success(let files) = content { files } else { [] }
    }

    /// Whether anything of it cannot be had.
    package var isIncomplete: Bool {
        guard case .success(let files) = content else { return true }
        return files.contains { $0.failure != nil }
    }

    static let workspaceName = "workspace"

    /// Whether nothing is missing of either, and all is the same.
    func isSame(as other: FigureMoment) -> Bool {
        guard !isIncomplete, !other.isIncomplete, files.count == other.files.count else {
            return false
        }
        let values = Dictionary(files.map { ($0.path, $0.value) }) { $1 }
        return other.files.allSatisfy { values[$0.path] == .some($0.value) }
    }
}

/// A file of metrics or parameters at some moment.
package struct FigureFile: Sendable {
    package let path: AbsolutePath
    package let content: Result<DataValue, FigureFailure>

    package var value: DataValue? {
        if case .success(let value) = content { value } else { nil }
    }

    package var failure: FigureFailure? {
        if case .failure(let failure) = content { failure } else { nil }
    }
}

/// Why a file has no values.
package enum FigureFailure: Error, Sendable {
    /// From the root of the project.
    case missing(String)
    case isDirectory(String)
    case malformed(FormatError)
    /// Neither the cache nor a remote has it; from the root of the project.
    case notStored(String)
    /// Nor the listing of the directory that it is in, of which these are the names.
    case listingNotStored([String])
    case unreadable(any Error)
}
