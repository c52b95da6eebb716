import DVHashing
import DVObjects
import DVReporting
import DVSystem
import DVTestSupport
import DVWorkspace
import Synchronization
import Glibc
import Testing

/// A project in a temporary directory, with what an operation needs to look at its files.
struct TestProject {
    let directory: TemporaryDirectory
    let details = RecordedDetails()
    let pool = WorkerPool(jobs: 2)

    init() throws {
        directory = try TemporaryDirectory()
    }

    var root: AbsolutePath { directory.path }
    var stateDirectory: AbsolutePath { root.appending(".dvc/tmp/dvswift") }
    var stateFile: AbsolutePath { stateDirectory.appending("state.db") }

    func state() -> StateStore {
        StateStore(directory: stateDirectory, projectRoot: root, reporter: details)
    }

    var walk: WorkspaceWalk {
        WorkspaceWalk(ignoring: IgnoreFiles(projectRoot: root), pool: pool)
    }

    var store: ObjectStore { ObjectStore(at: root.appending(".dvc/cache")) }

    func paths(_ folder: String) throws -> [String] {
        let tree = try walk.tree(at: root.appending(folder))
        return (0..<tree.count).map { tree.path(at: $0).string }
    }

    /// Hashes with a state store of its own, as another process would.
    func content(_ path: String) throws -> WorkspaceContent? {
        let state = state()
        defer { state.close() }
        return try TreeHasher(walk: walk, state: state).content(at: root.appending(path))
    }

    func tree(_ path: String) throws -> HashedTree {
        guard case .directory(let tree)? = try content(path) else { throw NotAFolder() }
        return tree
    }

    /// The reasons for refusing a folder, by name.
    func refusals(_ folder: String) throws -> [String: UntrackableFile.Reason] {
        do {
            _ = try walk.tree(at: root.appending(folder))
            return [:]
        } catch WorkspaceError.untrackable(let files) {
            return Dictionary(uniqueKeysWithValues: files.map { ($0.path.name, $0.reason) })
        }
    }

    /// Makes files look as if they were changed long ago, so that they can be recorded.
    func age(_ names: String...) throws {
        for name in names {
            let old = [timespec(tv_sec: 1_600_000_000, tv_nsec: 1_000)]
            let times = old + old
            let path = root.appending(name)
            let result = path.withCString { utimensat(AT_FDCWD, $0, times, 0) }
            guard result == 0 else { throw SystemError.last("age", path.string) }
        }
        sleepPastTick()
    }

    /// Makes small files with one system call each: building paths is slow in debug builds.
    func makeFiles(_ names: [String]) throws {
        for folder in Set(names.map { $0.split(separator: "/").dropLast().joined(separator: "/") })
        {
            try root.appending(folder).makeDirectories()
        }
        let base = root.string
        for name in names {
            let file = open(base + "/" + name, O_WRONLY | O_CREAT, 0o644)
            guard file >= 0, write(file, name, name.utf8.count) >= 0, close(file) == 0 else {
                throw SystemError.last("write", name)
            }
        }
    }

    struct NotAFolder: Error {}
}

/// Keeps what is reported with `--verbose`.
final class RecordedDetails: Reporter {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func report(_ event: ReportEvent) {
        if case .detail(let line) = event { lines.withLock { $0.append(line) } }
    }

    func begin(_ progress: Progress) {}
}
