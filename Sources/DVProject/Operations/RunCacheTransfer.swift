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
        self.remote = try project.settings.remote(remote).open(scheme: .md5)
        reporter = project.reporter
    }

    /// Sends what the remote does not have; how many.
    func upload() throws -> Int {
        let known = Set(try remote.files(in: RunCache.folder))
        let paths = try cache.paths().filter { !known.contains($0) }
        for path in paths {
            if let bytes = try cache.read(path) { try remote.write(bytes, to: path) }
        }
        return paths.count
    }

    /// Fetches what the cache does not have; how many.
    ///
    /// What does not have the digest that names it is left out with a warning.
    func download() throws -> Int {
        let known = Set(try cache.paths())
        var count = 0
        for path in try remote.files(in: RunCache.folder) where !known.contains(path) {
            guard let bytes = try remote.read(path) else { continue }
            if try cache.insert(bytes, at: path) {
                count += 1
            } else {
                let place = "\(remote.location)/\(path)"
                reporter.report(.warning("'\(place)' is not a result of a run: left out"))
            }
        }
        return count
    }
}
