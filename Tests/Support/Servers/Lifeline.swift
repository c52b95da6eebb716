import DVSystem
import Glibc
import Synchronization

/// A program that ends when its standard input does: with this value, or with this process, even if that is killed.
final class Lifeline: Sendable {
    /// The address of the stream, so that it can be passed between threads.
    private let stream: Int

    private static let open = Mutex<Set<Int>>([])

    /// At the end of the process what static values hold is closed before their temporary directories are removed, because
    /// those registered earlier.
    private static let ending: Void = {
        atexit {
            for stream in Lifeline.open.withLock({ $0 }) { Lifeline.close(stream) }
        }
    }()

    init(_ program: [String], log: AbsolutePath) throws {
        let line = program.map { "'\($0.replacing("'", with: "'\\''"))'" }.joined(separator: " ")
        // "e": no other child may hold the stream open.
        guard let stream = popen("exec \(line) 2>'\(log)'", "we") else {
            throw SystemError.last("start", program[0])
        }
        let address = Int(bitPattern: stream)
        self.stream = address
        Self.ending
        Self.open.withLock { _ = $0.insert(address) }
    }

    deinit { end() }

    /// Returns when the program has ended; once is enough.
    func end() { Self.close(stream) }

    private static func close(_ stream: Int) {
        let isOpen = open.withLock { $0.remove(stream) != nil }
        if isOpen, let stream = UnsafeMutablePointer<FILE>(bitPattern: stream) { pclose(stream) }
    }
}
