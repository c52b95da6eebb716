import DVHashing
import DVSystem

extension DirectoryListing {
    /// Both sides changed these files differently.
    package struct MergeConflict: Error, Sendable {
        package let paths: [RelativePath]
    }

    /// The files of both sides: what one of them added, changed or removed since `ancestor` is so in the result.
    ///
    /// Throws `MergeConflict`, or `FormatError` if a file of one side is a folder of the other.
    package static func merging(
        ancestor: DirectoryListing,
        ours: DirectoryListing,
        theirs: DirectoryListing,
        file: String
    ) throws -> DirectoryListing {
        var builder = Builder(reserving: Swift.max(ours.count, theirs.count))
        var conflicts: [RelativePath] = []
        join(ours, theirs) { mine, other in
            let path = mine.map { ours.path(at: $0) } ?? other.map { theirs.path(at: $0) }
            guard let path else { return }
            let old = ancestor.index(of: path).map { ancestor.digests[$0] }
            let (left, right) = (mine.map { ours.digests[$0] }, other.map { theirs.digests[$0] })
            var result = left
            if left == old {
                result = right
            } else if right != old, left != right {
                conflicts.append(path)
            }
            if let result { builder.append(path, result) }
        }
        guard conflicts.isEmpty else { throw MergeConflict(paths: conflicts) }
        return try builder.finish(file: file)
    }
}
