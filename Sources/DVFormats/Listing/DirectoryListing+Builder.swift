import DVHashing
import DVSystem

extension DirectoryListing {
    /// Collects files in any order and makes a listing of them.
    package struct Builder: Sendable {
        private var names: [UInt8] = []
        private var ends: [Int] = []
        private var digests: [Digest] = []

        package init(reserving count: Int = 0) {
            ends.reserveCapacity(count)
            digests.reserveCapacity(count)
        }

        package mutating func append(_ path: RelativePath, _ digest: Digest) {
            path.bytes.withUnsafeBytes { append(pathBytes: $0, digest) }
        }

        package mutating func append(pathBytes path: UnsafeRawBufferPointer, _ digest: Digest) {
            names.append(contentsOf: path)
            ends.append(names.count)
            digests.append(digest)
        }

        /// For files that come in the order of listings, and that a listing was made of before.
        package consuming func finishChecked() -> DirectoryListing {
            DirectoryListing(names: names, ends: ends, digests: digests)
        }

        /// Sorts and checks; `file` names the listing in errors.
        package consuming func finish(file: String) throws(FormatError) -> DirectoryListing {
            let listing = DirectoryListing(names: names, ends: ends, digests: digests).sorted()
            if let problem = listing.firstProblem() {
                throw FormatError(file: file, problem: problem)
            }
            return listing
        }
    }

    /// The same entries in the order of listings.
    func sorted() -> DirectoryListing {
        guard !isSorted else { return self }
        let order = ends.indices.sorted { left, right in
            withPath(at: left) { a in withPath(at: right) { PythonText.compare(a, $0) } } < 0
        }
        var sortedNames: [UInt8] = []
        sortedNames.reserveCapacity(names.count)
        var sortedEnds: [Int] = []
        sortedEnds.reserveCapacity(ends.count)
        for index in order {
            sortedNames.append(contentsOf: names[span(at: index)])
            sortedEnds.append(sortedNames.count)
        }
        return DirectoryListing(
            names: sortedNames,
            ends: sortedEnds,
            digests: order.map { digests[$0] }
        )
    }

    private var isSorted: Bool {
        for index in ends.indices.dropFirst() {
            let order = withPath(at: index - 1) { before in
                withPath(at: index) { PythonText.compare(before, $0) }
            }
            if order > 0 { return false }
        }
        return true
    }
}
