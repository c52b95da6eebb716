import DVSystem

/// A conversation in SFTP with a server, through the user's own SSH program; used by one thread at a time.
///
/// Many requests may be under way; answers are found by the number of their request.
final class SFTPSession {
    private let program: Conversation
    private let address: String
    private var nextNumber: UInt32 = 0
    /// Requests that are sent together, as soon as an answer is waited for.
    private var outgoing: [UInt8] = []
    private static let mostOutgoing = 64 << 10
    /// Received and not yet split into packets.
    private var received: [UInt8] = []
    private var position = 0
    private var answers: [UInt32: SFTPAnswer] = [:]
    /// Requests whose answers nobody waits for.
    private var ignored: Set<UInt32> = []
    private var chunk = [UInt8](repeating: 0, count: 256 << 10)
    private(set) var extensions: Set<String> = []

    /// Starts `command` and greets the server; `address` is for messages.
    init(_ command: [String], environment: [String], at address: String) throws {
        self.address = address
        program = try Conversation(command, environment: environment, in: .root)
        var hello = SFTPPacket(.initialize)
        hello.add(UInt32(3))
        try write(&hello)
        try flush()
        var (kind, fields) = try packet()
        guard kind == SFTPKind.version.rawValue else { throw malformed() }
        // The version, which cannot be above ours, then pairs of texts.
        fields = fields.dropFirst(4)
        var answer = SFTPAnswer(.version, fields)
        while let name = answer.string(), answer.string() != nil {
            extensions.insert(String(decoding: name, as: UTF8.self))
        }
    }

    /// Makes a request; its number asks for the answer.
    ///
    /// Small ones leave together when an answer is waited for: each write wakes two programs here and two on the server.
    func send(_ kind: SFTPKind, _ fields: (inout SFTPPacket) -> Void) throws -> UInt32 {
        nextNumber &+= 1
        var packet = SFTPPacket(kind)
        packet.add(nextNumber)
        fields(&packet)
        try write(&packet)
        return nextNumber
    }

    func answer(to number: UInt32) throws -> SFTPAnswer {
        while true {
            if let answer = answers.removeValue(forKey: number) { return answer }
            try flush()
            try receive()
        }
    }

    /// For requests whose outcome does not matter.
    func ignore(_ number: UInt32) {
        if answers.removeValue(forKey: number) == nil { ignored.insert(number) }
    }

    func ask(_ kind: SFTPKind, _ fields: (inout SFTPPacket) -> Void) throws -> SFTPAnswer {
        try answer(to: try send(kind, fields))
    }

    private func receive() throws {
        let (kind, fields) = try packet()
        guard let kind = SFTPKind(rawValue: kind), fields.count >= 4 else { throw malformed() }
        let number = fields.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        if ignored.remove(number) == nil {
            answers[number] = SFTPAnswer(kind, fields.dropFirst(4))
        }
    }

    private func write(_ packet: inout SFTPPacket) throws {
        outgoing += packet.finished()
        if outgoing.count >= Self.mostOutgoing { try flush() }
    }

    private func flush() throws {
        guard !outgoing.isEmpty else { return }
        do {
            try outgoing.withUnsafeBytes(program.write)
            outgoing.removeAll(keepingCapacity: true)
        } catch is SystemError {
            throw broken()
        }
    }

    private func packet() throws -> (kind: UInt8, fields: ArraySlice<UInt8>) {
        try receive(atLeast: 5)
        let length = received[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
        // OpenSSH sends no more than 256 KiB.
        guard length >= 1, length <= 1 << 20 else { throw malformed() }
        try receive(atLeast: 4 + length)
        // Of its own, so that what follows is appended without a copy of all that was received.
        let packet = Array(received[position + 4..<position + 4 + length])
        position += 4 + length
        return (packet.first ?? 0, packet.dropFirst())
    }

    private func receive(atLeast count: Int) throws {
        while received.count - position < count {
            if position > 0 {
                received.removeFirst(position)
                position = 0
            }
            let count = try chunk.withUnsafeMutableBytes { try program.read(into: $0) }
            guard count > 0 else { throw broken() }
            received += chunk[..<count]
        }
    }

    private func broken() -> StorageError {
        program.end(after: .seconds(1))
        let said = program.errorText.trimmedOfSpace
        return StorageError(.interrupted(said.isEmpty ? "the connection broke" : said), at: address)
    }

    func malformed() -> StorageError {
        StorageError(.refused("the server does not speak SFTP"), at: address)
    }

    /// What a status that is not fine means.
    func error(_ answer: SFTPAnswer, _ path: String) -> StorageError {
        var answer = answer
        guard answer.kind == .answerStatus, let code = answer.number() else { return malformed() }
        let text = String(decoding: answer.string() ?? [], as: UTF8.self)
        return switch code {
        case SFTPStatus.permissionDenied: StorageError(.denied(text), at: path)
        case SFTPStatus.noConnection, SFTPStatus.connectionLost:
            StorageError(.interrupted(text), at: path)
        default: StorageError(.refused(text), at: path)
        }
    }
}
