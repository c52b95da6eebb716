import DVSystem

/// What a commit takes of one file.
package struct GitFileChange {
    /// Changes the content of a file; one that is left empty goes.
    package typealias Edit = (inout [UInt8]) -> Void

    let path: AbsolutePath
    let edit: Edit?

    /// The file as it is now; if it no longer exists, it is removed.
    package static func wholeFile(at path: AbsolutePath) -> GitFileChange {
        GitFileChange(path: path, edit: nil)
    }

    /// Only what `edit` does, once to what HEAD has of the file and once to what is staged of it.
    ///
    /// The file itself is not written, and what else it says stays unstaged.
    package static func edit(
        _ path: AbsolutePath,
        _ edit: @escaping Edit
    ) -> GitFileChange {
        GitFileChange(path: path, edit: edit)
    }
}
