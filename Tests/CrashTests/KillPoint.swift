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
        let trace = try project.attempt(["strace", "-qq", "-o", "/dev/null", "true"])
        var random = SplitMix(state: seed)
        let delays = (0..<(trace.reason.isSuccess ? 3 : 16)).map { _ in
            KillPoint.milliseconds(Int.random(in: 5..<160, using: &random))
        }
        return (trace.reason.isSuccess ? systemCalls : []) + delays
    }

    private static let systemCalls: [KillPoint] = [
        ("linkat", [1, 3]), ("rename", [1, 2, 3]), ("openat", [60, 90, 110]),
        ("mkdir", [1, 4]),
        ("pwrite64", [1, 3, 8]), ("write", [1, 4]), ("unlink", [1, 2, 3]), ("ioctl", [1, 2, 3]),
        ("syncfs", [1]),
        ("fchmod", [1, 3]), ("renameat2", [1]),
    ].flatMap { name, counts in counts.map { .systemCall(name, count: $0) } }
}

/// A small generator with a fixed course (SplitMix64), so that a failing run can be repeated.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
