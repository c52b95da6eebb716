import DVSystem

/// A command line whose output is a token.
struct TokenCommand {
    private let line: String

    init(_ line: String) { self.line = line }

    /// Runs it in the user's shell environment, which may ask at the terminal.
    func token(environment: [String: String]) throws -> String {
        let program = try Conversation(
            ["/bin/sh", "-c", line],
            environment: environment.map { "\($0.key)=\($0.value)" },
            in: .root
        )
        program.closeInput()
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = try buffer.withUnsafeMutableBytes { try program.read(into: $0) }
            if count == 0 { break }
            text += buffer[..<count]
        }
        let ending = program.end(after: .seconds(60))
        let token = String(decoding: text, as: UTF8.self).trimmedOfSpace
        guard ending.isSuccess, !token.isEmpty else {
            let said = program.errorText.trimmedOfSpace
            throw StorageError(
                .denied("bearer_token_command failed" + (said.isEmpty ? "" : ": \(said)")),
                at: line
            )
        }
        return token
    }
}
