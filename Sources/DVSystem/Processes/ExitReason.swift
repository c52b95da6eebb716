import Glibc

/// How a process ended.
package enum ExitReason: Hashable, Sendable {
    case exited(Int32)
    case signalled(Int32)

    package var isSuccess: Bool { self == .exited(0) }

    /// The exit status, or the negative number of the signal: DVC's way to say it.
    package var code: Int32 {
        switch self {
        case .exited(let status): status
        case .signalled(let signal): -signal
        }
    }

    /// Reads the status of waitpid(2).
    init(waitStatus: Int32) {
        let signal = waitStatus & 0x7f
        self = signal == 0 ? .exited((waitStatus >> 8) & 0xff) : .signalled(signal)
    }
}
