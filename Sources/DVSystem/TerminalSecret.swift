import Glibc
import Synchronization

/// Asks at the terminal for something that it does not show.
package enum TerminalSecret {
    /// What was typed before, by prompt: a command that connects several times asks once.
    private static let answers = Mutex<[String: String]>([:])

    /// Nil if there is no terminal, or nothing is typed.
    package static func ask(_ prompt: String) throws(Interrupted) -> String? {
        try answers.withLock { answers throws(Interrupted) in
            if let known = answers[prompt] { return known }
            let terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
            guard terminal >= 0 else { return nil }
            defer { close(terminal) }
            var settings = termios()
            guard tcgetattr(terminal, &settings) == 0 else { return nil }
            var quiet = settings
            quiet.c_lflag &= ~tcflag_t(ECHO)
            tcsetattr(terminal, TCSAFLUSH, &quiet)
            defer {
                tcsetattr(terminal, TCSAFLUSH, &settings)
                show("\n", on: terminal)
            }
            show(prompt + ": ", on: terminal)
            let answer = try line(of: terminal)
            if !answer.isEmpty { answers[prompt] = answer }
            return answer.isEmpty ? nil : answer
        }
    }

    private static func show(_ text: String, on terminal: Int32) {
        // A terminal that takes no prompt gives no answer either.
        _ = Array(text.utf8).withUnsafeBytes { write(terminal, $0.baseAddress, $0.count) }
    }

    private static func line(of terminal: Int32) throws(Interrupted) -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            let count = read(terminal, &byte, 1)
            try Interruption.check()
            if count < 0, errno == EINTR { continue }
            guard count == 1, byte != UInt8(ascii: "\n") else {
                return String(decoding: bytes, as: UTF8.self)
            }
            bytes.append(byte)
        }
    }
}
