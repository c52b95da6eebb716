/// One command that must do the same in both tools, on equal projects.
struct ParityCase: Sendable, CustomStringConvertible {
    let arguments: [String]
    /// What a shell does first, in the root of the project.
    let preparation: String
    /// Key phrases of DVC's message on standard error that ours has too.
    let phrases: [String]
    /// Whether standard output is an answer that scripts read.
    let comparesOutput: Bool
    /// Whether the order within that answer is the same at every run of DVC.
    var hasOrder = true

    /// A command whose standard output is its answer.
    static func answer(_ arguments: String..., after preparation: String = ":") -> ParityCase {
        ParityCase(
            arguments: arguments,
            preparation: preparation,
            phrases: [],
            comparesOutput: true
        )
    }

    /// Likewise, where DVC's order is by chance.
    static func unorderedAnswer(
        _ arguments: String...,
        after preparation: String = ":"
    ) -> ParityCase {
        ParityCase(
            arguments: arguments,
            preparation: preparation,
            phrases: [],
            comparesOutput: true,
            hasOrder: false
        )
    }

    /// A command of which files and exit status count.
    static func effect(_ arguments: String..., after preparation: String = ":") -> ParityCase {
        ParityCase(
            arguments: arguments,
            preparation: preparation,
            phrases: [],
            comparesOutput: false
        )
    }

    /// A command that fails and says why.
    static func failure(
        _ arguments: String...,
        saying phrases: [String],
        after preparation: String = ":"
    ) -> ParityCase {
        ParityCase(
            arguments: arguments,
            preparation: preparation,
            phrases: phrases,
            comparesOutput: false
        )
    }

    var description: String {
        let command = arguments.joined(separator: " ")
        return preparation == ":" ? command : "\(preparation); \(command)"
    }
}
