import ArgumentParser
import DVFormats

/// A command that only holds others.
protocol GroupCommand: ParsableCommand {}

extension GroupCommand {
    func run() throws { throw MissingCommand(group: Self.self) }
}

/// A group without one of its commands.
struct MissingCommand: Error {
    let group: any ParsableCommand.Type

    /// How the group is used.
    var help: String { DVSwift.helpMessage(for: group) }
}

/// A word that should be a command and is none.
struct UnknownCommand: Error {
    let word: String
    let group: any ParsableCommand.Type

    var message: String {
        Self.isLater(word, in: group)
            ? "command '\(word)' of DVC is not supported yet"
            : "argument command: invalid choice: '\(word)'"
    }

    var hint: String {
        let path = group == DVSwift.self ? "dvswift" : "dvswift \(group._commandName)"
        let near = Spelling.nearest(to: word, among: CommandWords.names(in: group))
        return near.map { "did you mean: \(path) \($0)" } ?? "\(path) --help"
    }

    private static func isLater(_ word: String, in group: any ParsableCommand.Type) -> Bool {
        group == DVSwift.self && CommandWords.later.contains(word)
    }
}

/// Looks at the words that name a command before options are parsed, for better answers than "unexpected argument".
enum CommandWords {
    /// Commands of DVC 3 that are still to come.
    static let later: Set<String> = [
        "exp", "experiments", "import-db", "queue", "studio",
    ]

    static func check(_ arguments: [String]) throws(UnknownCommand) {
        var group: any ParsableCommand.Type = DVSwift.self
        for word in arguments {
            let isGroup = !group.configuration.subcommands.isEmpty
            guard isGroup, !word.hasPrefix("-"), word != "help" else { return }
            guard let next = command(named: word, in: group) else {
                throw UnknownCommand(word: word, group: group)
            }
            group = next
        }
    }

    static func names(in group: any ParsableCommand.Type) -> [String] {
        group.configuration.subcommands.flatMap { [$0._commandName] + $0.configuration.aliases }
    }

    private static func command(
        named word: String,
        in group: any ParsableCommand.Type
    ) -> (any ParsableCommand.Type)? {
        group.configuration.subcommands.first {
            $0._commandName == word || $0.configuration.aliases.contains(word)
        }
    }
}
