import DVGit
import DVSystem
import DVTestSupport
import Testing

/// A repository made by the real Git, whose answers are the expected ones.
struct RealRepository: Sendable {
    let directory: TemporaryDirectory
    let root: AbsolutePath
    private let environment: [String]

    init() throws {
        directory = try TemporaryDirectory()
        root = try directory.path.resolvingLinks().appending("repository")
        environment = try TestEnvironment(home: directory.appending("home")).entries()
        try root.makeDirectories()
        try git("init", "--quiet")
    }

    @discardableResult
    func git(_ arguments: String...) throws -> String {
        try ProgramResult.running(["git"] + arguments, environment: environment, in: root)
            .checkingSuccess().output
    }

    /// Tries until nobody else has the lock: Git itself gives up at once.
    func addPatiently(_ name: String) throws {
        while true {
            let command = ["git", "add", "--", name]
            let result = try ProgramResult.running(command, environment: environment, in: root)
            if !result.errors.contains("index.lock") {
                try result.checkingSuccess()
                return
            }
        }
    }

    func isIgnoredByGit(_ name: String) throws -> Bool {
        try ProgramResult.running(
            ["git", "check-ignore", "--quiet", name],
            environment: environment,
            in: root
        ).status == 0
    }

    func commit(_ message: String) throws {
        try git("add", "--all")
        try git("commit", "--quiet", "--message", message)
    }

    func write(_ text: String, to name: String) throws {
        try directory.write(text, to: "repository/" + name)
    }

    func opened(from name: String = ".") throws -> GitRepository {
        let folder = name == "." ? root : root.appending(name)
        return try #require(try GitRepository.discover(from: folder))
    }
}
