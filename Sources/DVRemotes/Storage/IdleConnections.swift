import Synchronization

/// Connections that nobody uses at the moment: a handshake takes longer than many requests.
final class IdleConnections: Sendable {
    private let connections = Mutex<[Held]>([])

    private struct Held: @unchecked Sendable {
        // Sendable because a connection is here only between its users, each of whom takes it away under the lock.

        let connection: any StorageConnection
    }

    func take() -> (any StorageConnection)? {
        connections.withLock { $0.popLast() }?.connection
    }

    func put(_ connection: any StorageConnection) {
        let held = Held(connection: connection)
        connections.withLock { $0.append(held) }
    }
}
