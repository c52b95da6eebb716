import DVSystem

/// The folder of a server, with its settings, keys and data; gone with the value.
final class ServerFolder: Sendable {
    let path: AbsolutePath
    private let directory: TemporaryDirectory
    private let environment: TestEnvironment

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.path
        environment = try TestEnvironment(home: directory.appending("home"))
    }

    func appending(_ name: String) -> AbsolutePath { directory.appending(name) }

    /// A folder that exists.
    func folder(_ name: String) throws -> AbsolutePath {
        let folder = directory.appending(name)
        try folder.makeDirectories()
        return folder
    }

    @discardableResult
    func write(_ text: String, to name: String) throws -> AbsolutePath {
        try directory.write(text, to: name)
    }

    func text(of name: String) throws -> String {
        String(decoding: try directory.appending(name).readBytes(), as: UTF8.self)
    }

    /// What a program writes to standard output; throws `UnexpectedResult` unless it succeeds.
    @discardableResult
    func run(_ command: [String], adding variables: [String: String] = [:]) throws -> String {
        try attempt(command, adding: variables).checkingSuccess().output
    }

    /// Should this process be killed, the program ends too: without its server it might wait for ever.
    func attempt(
        _ command: [String],
        adding variables: [String: String] = [:]
    ) throws -> ProgramResult {
        try ProgramResult.running(
            ["setpriv", "--pdeathsig", "KILL"] + command,
            environment: environment.entries(adding: variables),
            in: path
        )
    }
}
