import DVSystem

extension DirectoryListing {
    /// Compares two names in the order of listings: negative, zero or positive.
    package static func comparePaths(
        _ left: UnsafeRawBufferPointer,
        _ right: UnsafeRawBufferPointer
    ) -> Int {
        PythonText.compare(left, right)
    }

    /// The place of a file, by binary search.
    package func index(of path: RelativePath) -> Int? {
        path.bytes.withUnsafeBytes { index(ofPathBytes: $0) }
    }

    /// The place of a file, by binary search; no allocation.
    package func index(ofPathBytes path: UnsafeRawBufferPointer) -> Int? {
        let index = firstIndex(notBelow: path, in: 0..<count)
        guard index < count, withPath(at: index, { PythonText.compare($0, path) }) == 0 else {
            return nil
        }
        return index
    }

    /// The files inside `folder`, at any depth; all files if it is empty.
    package func indices(below folder: RelativePath) -> Range<Int> {
        guard !folder.isEmpty else { return 0..<count }
        let prefix = folder.bytes + [UInt8(ascii: "/")]
        return prefix.withUnsafeBytes { prefix in
            let start = firstIndex(notBelow: prefix, in: 0..<count)
            var (low, high) = (start, count)
            while low < high {
                let middle = low + (high - low) / 2
                let isInside = withPath(at: middle) { $0.starts(with: prefix) }
                if isInside { low = middle + 1 } else { high = middle }
            }
            return start..<low
        }
    }

    /// The listing of `folder` alone: its files, named from it.
    package func listing(below folder: RelativePath) -> DirectoryListing {
        guard !folder.isEmpty else { return self }
        let skipped = folder.bytes.count + 1
        let range = indices(below: folder)
        var part = (names: [UInt8](), ends: [Int]())
        part.ends.reserveCapacity(range.count)
        for index in range {
            part.names.append(contentsOf: names[span(at: index).dropFirst(skipped)])
            part.ends.append(part.names.count)
        }
        return DirectoryListing(names: part.names, ends: part.ends, digests: Array(digests[range]))
    }

    /// The first place in `range` whose name is not less than `path`.
    func firstIndex(notBelow path: UnsafeRawBufferPointer, in range: Range<Int>) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            let isBelow = withPath(at: middle) { PythonText.compare($0, path) } < 0
            if isBelow { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
