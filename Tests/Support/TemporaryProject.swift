import DVSystem

/// A project in a temporary directory, with everything that its tools write outside of it.
package final class TemporaryProject: Sendable {
    /// The folder of the project.
    package let root: AbsolutePath
    /// A folder beside the project for `remote add`; made by the first push.
    package let remote: AbsolutePath
    private let directory: TemporaryDirectory
    private let environment: TestEnvironment

    /// An empty Git repository (or plain folder) in which `maker` has run `init`, if given; in a directory below `base`.
    package convenience init(
        madeBy maker: Tool? = .dvswift,
        git: Bool = true,
        in base: String? = nil
    ) throws {
        let directory = try TemporaryDirectory(in: base)
        let environment = try TestEnvironment(home: directory.appending("home"))
        try self.init("work", directory, environment)
        try root.makeDirectories()
        if git { try run(.git, "init", "--quiet") }
        if let maker { try run(maker, ["init", "--quiet"] + (git ? [] : ["--no-scm"])) }
    }

    private init(
        _ name: String,
        _ directory: TemporaryDirectory,
        _ environment: TestEnvironment
    ) throws {
        self.directory = directory
        self.environment = environment
        root = directory.appending(name)
        remote = directory.appending("remote")
    }

    /// The folder that holds the project, its remote and its clones.
    package var surroundings: AbsolutePath { directory.path }

    /// A second clone of the Git repository beside this one, with the same home and remote.
    package func clone(named name: String = "clone") throws -> TemporaryProject {
        let clone = try TemporaryProject(name, directory, environment)
        try run(.git, "clone", "--quiet", root.string, clone.root.string)
        return clone
    }

    /// An equal project in a directory of its own, with a copy of the remote; settings outside of it start anew.
    package func copy() throws -> TemporaryProject {
        let directory = try TemporaryDirectory()
        let environment = try TestEnvironment(home: directory.appending("home"))
        let copy = try TemporaryProject("work", directory, environment)
        let folders = try [root, remote].filter { folder throws in try folder.exists() }
        let command = ["cp", "--archive"] + folders.map(\.string) + [directory.path.string]
        try attempt(command).checkingSuccess()
        return copy
    }
}

/// Running programs in the project.
extension TemporaryProject {
    /// Runs `tool` in `folder`, a path relative to the root; any exit status will do.
    package func attempt(
        _ tool: Tool,
        _ arguments: [String],
        in folder: String = ".",
        adding variables: [String: String] = [:]
    ) throws -> ProgramResult {
        try attempt([tool.program] + arguments, in: folder, adding: variables)
    }

    package func attempt(_ tool: Tool, _ arguments: String...) throws -> ProgramResult {
        try attempt(tool, arguments)
    }

    /// Whether `strace` is there and allowed.
    package func canTrace() throws -> Bool {
        try attempt(["strace", "-qq", "-o", "/dev/null", "true"]).reason.isSuccess
    }

    /// The lines that `strace` with `options` writes about a run of dvswift, which must succeed.
    package func trace(_ options: [String], _ arguments: [String]) throws -> [String] {
        let log = path(".dvc/tmp/trace")
        let trace = ["strace", "-f", "-qq", "-o", log.string] + options
        try attempt(trace + [Tool.dvswift.program] + arguments).checkingSuccess()
        return String(decoding: try log.readBytes(), as: UTF8.self).split(separator: "\n")
            .map(String.init)
    }

    /// Runs any program, looked up in PATH unless it has a slash.
    package func attempt(
        _ command: [String],
        in folder: String = ".",
        adding variables: [String: String] = [:]
    ) throws -> ProgramResult {
        try ProgramResult.running(
            command,
            environment: environment.entries(adding: variables),
            in: root.appending(folder)
        )
    }

    /// What `tool` writes to standard output; throws `UnexpectedResult` unless it succeeds.
    @discardableResult
    package func run(_ tool: Tool, _ arguments: [String], in folder: String = ".") throws -> String
    {
        try attempt(tool, arguments, in: folder).checkingSuccess().output
    }

    @discardableResult
    package func run(_ tool: Tool, _ arguments: String...) throws -> String {
        try run(tool, arguments)
    }
}

/// Files of the project; `name` is relative to the root, or absolute.
extension TemporaryProject {
    /// Writes a file, with missing parents.
    package func write(_ text: String, to name: String) throws {
        try write(Array(text.utf8), to: name)
    }

    package func write(_ bytes: [UInt8], to name: String) throws {
        let path = path(name)
        try path.parent.makeDirectories()
        try path.replaceContents(with: bytes)
    }

    /// Writes `count` files, each with its number, into four folders of `data`.
    package func writeData(count: Int) throws {
        let script = """
            mkdir -p data/{0,1,2,3}
            for i in {1..\(count)}; do echo $i > data/$((i % 4))/$i; done
            """
        try attempt(["bash", "-c", script]).checkingSuccess()
    }

    package func text(of name: String) throws -> String {
        String(decoding: try path(name).readBytes(), as: UTF8.self)
    }

    package func remove(_ name: String) throws {
        try path(name).removeTree()
    }

    package func exists(_ name: String) throws -> Bool {
        try path(name).exists()
    }

    package func path(_ name: String) -> AbsolutePath {
        AbsolutePath(name, relativeTo: root)
    }

    /// Everything below `name`, without Git's and DVC's own folders.
    package func tree(_ name: String = ".") throws -> TreeSnapshot {
        try TreeSnapshot(of: path(name))
    }
}
