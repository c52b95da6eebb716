import DVHashing
import DVSystem

/// What a path inside a directory is to be from now on.
package enum ListingPart: Sendable {
    case nothing
    case file(Digest)
    /// The files of a folder, named from it.
    case folder(DirectoryListing)
}

extension DirectoryListing {
    /// Whether a file is at `path`, or below it.
    package func hasFiles(at path: RelativePath) -> Bool {
        index(of: path) != nil || !indices(below: path).isEmpty
    }

    /// The listing with everything at and below `path` replaced by `part`; one pass.
    ///
    /// A file that was where `path` now needs a folder goes as well. `file` names the listing in errors.
    package func replacing(
        _ path: RelativePath,
        with part: ListingPart,
        file: String
    ) throws(FormatError) -> DirectoryListing {
        let below = indices(below: path)
        var singles: Set<Int> = []
        if let same = index(of: path) { singles.insert(same) }
        var folder = path.parent
        while !folder.isEmpty {
            if let blocking = index(of: folder) { singles.insert(blocking) }
            folder = folder.parent
        }
        let place = place(of: path, part, below)
        var builder = Builder(reserving: count + part.count)
        for index in 0...count {
            if index == place { builder.append(part, at: path) }
            guard index < count, !below.contains(index), !singles.contains(index) else { continue }
            withPath(at: index) { builder.append(pathBytes: $0, digests[index]) }
        }
        return try builder.finish(file: file)
    }

    /// Where new entries go, so that the order stays without sorting.
    private func place(of path: RelativePath, _ part: ListingPart, _ below: Range<Int>) -> Int {
        guard case .file = part else { return below.lowerBound }
        return path.bytes.withUnsafeBytes { firstIndex(notBelow: $0, in: 0..<count) }
    }
}

extension ListingPart {
    fileprivate var count: Int {
        switch self {
        case .nothing: 0
        case .file: 1
        case .folder(let listing): listing.count
        }
    }
}

extension DirectoryListing.Builder {
    fileprivate mutating func append(_ part: ListingPart, at path: RelativePath) {
        switch part {
        case .nothing: break
        case .file(let digest): append(path, digest)
        case .folder(let listing):
            for index in listing.indices {
                append(path.appending(listing.path(at: index)), listing.digest(at: index))
            }
        }
    }
}
