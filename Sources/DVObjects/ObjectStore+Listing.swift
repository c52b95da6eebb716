import DVHashing
import DVSystem

/// An object by its file name: not looked at yet.
struct ListedObject: Sendable {
    let name: ObjectName
    let form: Encoding?
}

/// Listing the whole store.
extension ObjectStore {
    /// The status of each folder that may hold objects: the times of one change whenever an object comes or goes.
    ///
    /// Nil where that cannot be relied on, as on file systems of a network.
    package func folders() throws(SystemError) -> [FileStatus]? {
        var folders: [FileStatus] = []
        for form in try presentForms() {
            let root = layout.root(of: form)
            guard let device = try FileStatus.followingIfPresent(root)?.device else { continue }
            guard try root.hasReliableFolderTimes() else { return nil }
            for index in 0..<256 {
                guard let status = try FileStatus.followingIfPresent(layout.folder(index, form))
                else { continue }
                // A link may lead to another file system.
                guard status.device == device else { return nil }
                folders.append(status)
            }
        }
        return folders
    }

    /// Every file that is named like an object, folder by folder.
    func listed(jobs: Int) throws -> [ListedObject] {
        let batches = try WorkerPool(jobs: jobs).map(
            count: 256,
            batchSize: 4,
            worker: {},
            body: { _, folders in
                try folders.flatMap { folder in
                    try self.layout.forms.flatMap { try self.listed(folder, $0) }
                }
            }
        )
        return batches.flatMap(\.self)
    }

    private func listed(_ folder: Int, _ form: Encoding?) throws -> [ListedObject] {
        guard let directory = try OpenFile.readingIfPresent(layout.folder(folder, form)) else {
            return []
        }
        var found: [ListedObject] = []
        try directory.forEachEntry { bytes, _ in
            guard let (name, encoding) = ObjectLayout.name(inFolder: folder, fileNamed: bytes),
                encoding == form
            else { return }
            found.append(ListedObject(name: name, form: form))
        }
        return found
    }
}
