import DVSystem

/// A command line of the settings whose output proves who we are.
struct TokenCommand {
    private let line: String
    /// Where the settings have it, for messages.
    private let option: String

    init(_ line: String, option: String) {
        self.line = line
        self.option = option
    }

    /// What it says, without space around it; it may ask at the terminal.
    func output(environment: [String: String]) throws -> String {
        let program = try Conversation(
            ["/bin/sh", "-c", line],
            environment: environment.map { "\($0.key)=\($0.value)" },
            in: .root
        )
        program.closeInput()
        let text = try program.readToEnd()
        let ending = program.end(after: .seconds(60))
        let output = String(decoding: text, as: UTF8.self).trimmedOfSpace
        guard ending.isSuccess, !output.isEmpty else {
            let said = program.errorText.trimmedOfSpace
            throw StorageError(
                .denied("the command gives no answer" + (said.isEmpty ? "" : ": \(said)")),
                at: option
            )
        }
        return output
    }
}
