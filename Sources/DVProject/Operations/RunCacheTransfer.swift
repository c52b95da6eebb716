import DVPipeline
import DVRemotes
import DVReporting
import DVSystem

/// Moves results of runs between the run cache and a remote.
struct RunCacheTransfer {
    private let cache: RunCache
    private let remote: any Remote
    private let reporter: any Reporter

    /// `remote` nil means the project's default.
    init(_ project: Project, remote: String?) throws {
        cache = project.runCache
        self.remote = try project.settings.remote(remote).open(scheme: .md5, holding: [])
        reporter = project.reporter
    }

    /// Sends what the remote does not have; how many.
    func upload() throws -> Int {
        guard let known = try files().map(Set.init) else { return 0 }
        let paths = try cache.paths().filter { !known.contains($0) }
        return try move(paths) { remote, path in
            guard let bytes = try cache.read(path) else { return false }
            try remote.write(bytes, to: path)
            return true
        }
    }

    /// Fetches what the cache does not have; how many.
    ///
    /// What does not have the digest that names it is left out with a warning.
    func download() throws -> Int {
        guard let files = try files() else { return 0 }
        let known = Set(try cache.paths())
        return try move(files.filter { !known.contains($0) }) { connection, path in
            guard let bytes = try connection.read(path) else { return false }
            if try cache.insert(bytes, at: path) { return true }
            let place = "\(remote.location)/\(path)"
            reporter.report(.warning("'\(place)' is not a result of a run: left out"))
            return false
        }
    }

    /// Nil, with a warning, where a remote cannot tell what it has.
    private func files() throws -> [RelativePath]? {
        do {
            return try remote.files(in: RunCache.folder)
        } catch let error as StorageError {
            guard case .unsupported(let why) = error.reason else { throw error }
            reporter.report(.warning("the run cache is left out: \(remote.location): \(why)"))
            return nil
        }
    }

    /// How many `body` moved.
    private func move(
        _ paths: [RelativePath],
        _ body: @Sendable (any RemoteFiles, RelativePath) throws -> Bool
    ) throws -> Int {
        let counts = try WorkerPool(jobs: remote.jobs(nil, usual: 1)).map(
            count: paths.count,
            batchSize: 1,
            worker: { try remote.connect() },
            body: { connection, range in
                try Interruption.check()
                return try range.count { try body(connection, paths[$0]) }
            }
        )
        return counts.reduce(0, +)
    }
}
