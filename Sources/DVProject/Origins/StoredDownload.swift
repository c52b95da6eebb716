import DVRemotes
import DVReporting
import DVSystem

/// Copies what a storage has to this machine, many files at once.
struct StoredDownload {
    private let tree: StoredTree
    private let jobs: Int
    private let progress: Progress

    /// `jobs` nil means what suits the storage.
    init(_ tree: StoredTree, jobs: Int?, _ progress: Progress) {
        self.tree = tree
        self.jobs = jobs ?? tree.place.storage.parallelism
        self.progress = progress
    }

    /// `target` must be free; after a failure some of it may be there.
    func copy(to target: AbsolutePath) throws {
        progress.expect(bytes: tree.totalSize, items: tree.files.count)
        let files = tree.files
        if tree.isFolder { try target.makeDirectories() }
        let folders = Set(files.map { tree.relativePath(of: $0).parent })
        for folder in folders.sorted() where !folder.isEmpty {
            try target.appending(folder).makeDirectories()
        }
        _ = try WorkerPool(jobs: jobs).map(
            count: files.count,
            batchSize: max(1, min(16, files.count / (4 * max(1, jobs)))),
            worker: {
                (try tree.place.storage.connect(), [UInt8](repeating: 0, count: 256 << 10))
            },
            body: { worker, range in
                for file in files[range] {
                    let content = try tree.open(file, on: worker.0)
                    let path = target.appending(tree.relativePath(of: file))
                    try copy(content, to: path, &worker.1)
                }
            }
        )
    }

    private func copy(
        _ content: any IncomingContent,
        to path: AbsolutePath,
        _ buffer: inout [UInt8]
    ) throws {
        let file = try OpenFile.creating(path)
        while true {
            try Interruption.check()
            let count = try buffer.withUnsafeMutableBytes { try content.read(into: $0) }
            if count == 0 { break }
            try buffer.withUnsafeBytes {
                try file.write(UnsafeRawBufferPointer(rebasing: $0[..<count]))
            }
            progress.advance(bytes: Int64(count))
        }
        progress.advance(items: 1)
    }
}
