import CLinux
import Glibc
import SystemPackage

/// The attributes and file actions of one posix_spawn(3).
struct ChildSpawn: ~Copyable {
    private var attributes = posix_spawnattr_t()
    private var actions = posix_spawn_file_actions_t()

    init(_ request: ChildRequest) throws(SystemError) {
        try Self.check(posix_spawnattr_init(&attributes), request)
        try Self.check(posix_spawn_file_actions_init(&actions), request)
    }

    deinit {
        var attributes = attributes
        var actions = actions
        posix_spawnattr_destroy(&attributes)
        posix_spawn_file_actions_destroy(&actions)
    }

    /// Sets the child's directory, process group and signals.
    mutating func prepare(_ request: ChildRequest) throws(SystemError) {
        try setSignals(request)
        let result = request.directory.withCString {
            clinux_spawn_in_directory(&actions, $0)
        }
        try Self.check(result, request)
    }

    /// Gives the child these as standard input, output and error; without `input` an empty one.
    mutating func redirect(
        input: Int32? = nil,
        output: borrowing Pipe,
        error: borrowing Pipe,
        _ request: ChildRequest
    ) throws(SystemError) {
        let connected =
            if let input {
                posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
            } else {
                posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
            }
        try Self.check(connected, request)
        try Self.check(
            posix_spawn_file_actions_adddup2(&actions, output.writer, STDOUT_FILENO),
            request
        )
        try Self.check(
            posix_spawn_file_actions_adddup2(&actions, error.writer, STDERR_FILENO),
            request
        )
    }

    /// Starts the child; its process id.
    mutating func start(_ request: ChildRequest) throws(SystemError) -> pid_t {
        var process = pid_t()
        let result = withCStrings(request.arguments) { arguments in
            withCStrings(request.environment) { environment in
                posix_spawnp(
                    &process,
                    request.arguments.first ?? "",
                    &actions,
                    &attributes,
                    arguments,
                    environment
                )
            }
        }
        try Self.check(result, request)
        return process
    }

    /// Nothing stays blocked; what a program expects of a pipe that closes works again.
    private mutating func setSignals(_ request: ChildRequest) throws(SystemError) {
        var flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
        if request.hasOwnGroup {
            flags |= POSIX_SPAWN_SETPGROUP
            try Self.check(posix_spawnattr_setpgroup(&attributes, 0), request)
        }
        var signals = sigset_t()
        sigemptyset(&signals)
        try Self.check(posix_spawnattr_setsigmask(&attributes, &signals), request)
        sigaddset(&signals, SIGPIPE)
        sigaddset(&signals, SIGXFSZ)
        try Self.check(posix_spawnattr_setsigdefault(&attributes, &signals), request)
        try Self.check(posix_spawnattr_setflags(&attributes, Int16(flags)), request)
    }

    private static func check(_ result: Int32, _ request: ChildRequest) throws(SystemError) {
        if result == 0 { return }
        throw SystemError("run", request.arguments.first ?? "", code: Errno(rawValue: result))
    }
}

/// Calls `body` with a null-terminated array of C strings.
private func withCStrings<Result>(
    _ strings: [String],
    _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
    var copies: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
    copies.append(nil)
    defer { for copy in copies { free(copy) } }
    return body(copies)
}
