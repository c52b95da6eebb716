/// A path of a list.
package struct ListedPath: Sendable {
    package let path: String
    /// Whether it is tracked data: an output, or inside of one.
    package let isOutput: Bool
    package let isFolder: Bool
    package let isExecutable: Bool
    /// Of the file where it is, else as recorded; nil if nobody knows.
    package let size: Int64?
    /// The name of the object that tracked data is recorded with.
    package let digest: String?

    func named(_ path: String) -> ListedPath {
        ListedPath(
            path: path,
            isOutput: isOutput,
            isFolder: isFolder,
            isExecutable: isExecutable,
            size: size,
            digest: digest
        )
    }
}

/// A path with what is below it.
package struct ListedTree: Sendable {
    package let entry: ListedPath
    package let children: [ListedTree]
}

extension ListedPath {
    /// What files and records say of one path; what is there counts for kind and size, as in DVC.
    init(_ path: String, _ file: BrowsedFile?, _ tracked: TrackedFile?) {
        self.path = path
        isOutput = tracked?.isOutput ?? false
        isFolder = file?.isFolder ?? tracked?.isFolder ?? false
        isExecutable = file?.isExecutable ?? false
        size = file?.size ?? tracked?.size
        digest = tracked?.digest
    }
}
