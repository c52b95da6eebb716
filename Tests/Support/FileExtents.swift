import DVSystem

/// Where the blocks of a file are on its disk, as `filefrag` tells it.
package struct FileExtents: Equatable, Sendable {
    /// The first block of each extent.
    package let starts: [Int]
    /// Whether other files have the same blocks.
    package let areShared: Bool

    package init(of file: AbsolutePath, in project: TemporaryProject) throws {
        let output = try project.attempt(["filefrag", "-v", file.string]).checkingSuccess().output
        // "   0:        0..     732:      24..       756:    733:             last,shared,eof"
        let extents = output.matches(of: /(?m)^ *\d+: +\d+\.\. +\d+: +(\d+)\.\..*$/)
        starts = extents.compactMap { Int($0.output.1) }
        areShared = !extents.isEmpty && extents.allSatisfy { $0.output.0.contains("shared") }
    }
}
