import DVTestSupport

/// When a command is killed.
enum KillPoint: Sendable, CustomStringConvertible {
    /// At the entry of the `count`th call of a kind in one of its threads, with `strace`.
    case systemCall(String, count: Int)
    /// After a time, whatever it does then.
    case milliseconds(Int)

    var description: String {
        switch self {
        case .systemCall(let name, let count): "killed at \(name) number \(count)"
        case .milliseconds(let delay): "killed after \(delay) ms"
        }
    }

    /// The command line that runs `command` up to this point.
    func killing(_ command: [String]) -> [String] {
        switch self {
        case .systemCall(let name, let count):
            [
                "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(name)",
                "-e", "inject=\(name):signal=SIGKILL:when=\(count)",
            ] + command
        case .milliseconds(let delay):
            ["timeout", "--foreground", "--signal=KILL", "\(Double(delay) / 1000)"] + command
        }
    }

    /// Points in each phase of a write; where tracing is not allowed, only times.
    static func all(in project: TemporaryProject, seed: UInt64) throws -> [KillPoint] {
        let canTrace = try project.canTrace()
        var random = SplitMix(state: seed)
        let delays = (0..<(canTrace ? 3 : 16)).map { _ in
            KillPoint.milliseconds(Int.random(in: 5..<160, using: &random))
        }
        return (canTrace ? systemCalls : []) + delays
    }

    private static let systemCalls: [KillPoint] = [
        ("linkat", [1, 3]), ("rename", [1, 2, 3]), ("openat", [30, 50, 70]),
        ("mkdir", [1, 4]), ("newfstatat", [25, 50]), ("read", [10, 20]),
        ("pwrite64", [1, 3, 8]), ("write", [1, 4]), ("unlink", [1, 2, 3]), ("ioctl", [1, 2, 3]),
        ("syncfs", [1]),
        ("utimensat", [1, 3]), ("renameat2", [1]),
    ].flatMap { name, counts in counts.map { .systemCall(name, count: $0) } }
}
