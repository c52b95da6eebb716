/// Why a plot, or a part of it, has no data.
package enum PlotProblem: Error, Sendable {
    /// Neither an image nor a file of data.
    case unknownFormat(file: String)
    /// DVC names it from the root of the project, and all else from the working directory.
    case missing(file: String, fromRoot: String)
    case notUTF8(file: String)
    case unparsable(file: String, FormatError)
    /// No list of mappings is in the file.
    case notTabular(file: String)
    /// The rows do not all have the same fields; the first that differs, from 1.
    case mixedFields(file: String, row: Int)
    case noField(String, file: String, found: [String])
    case axesDiffer(xCount: Int, yCount: Int)
    case lengthsDiffer(x: PlotSource, xCount: Int, y: PlotSource, yCount: Int)
    /// Anything else that stands in the way of reading.
    case failed(any Error)
}

/// One field of one file.
package struct PlotSource: Hashable, Sendable {
    package let file: String
    package let field: String
}
