import Synchronization

/// What a server takes as proof of who we are, for all connections; made anew when it has expired.
package final class BearerToken: Sendable {
    private let current: Mutex<String>
    private let renewal: (@Sendable () throws -> String)?

    /// One that cannot be renewed.
    package init(_ value: String) {
        current = Mutex(value)
        renewal = nil
    }

    /// One that `make` gives, now and whenever it is refused.
    package init(made make: @escaping @Sendable () throws -> String) throws {
        current = Mutex(try make())
        renewal = make
    }

    var value: String { current.withLock(\.self) }

    /// Whether there is another one than `refused`; connections that are refused together get the same new one.
    func renew(_ refused: String) throws -> Bool {
        guard let renewal else { return false }
        return try current.withLock { current in
            if current == refused { current = try renewal() }
            return current != refused
        }
    }
}
