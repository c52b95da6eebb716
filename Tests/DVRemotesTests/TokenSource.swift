import Synchronization

/// Gives one token after the other.
final class TokenSource: Sendable {
    private let tokens: Mutex<[String]>

    struct NoMore: Error {}

    init(_ tokens: [String]) { self.tokens = Mutex(tokens) }

    var left: [String] { tokens.withLock(\.self) }

    func next() throws -> String {
        try tokens.withLock { tokens in
            guard !tokens.isEmpty else { throw NoMore() }
            return tokens.removeFirst()
        }
    }
}
