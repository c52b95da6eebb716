import ArgumentParser

/// `dvswift params`: compares parameters.
struct ParamsCommand: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "params",
        abstract: "Compare parameters.",
        subcommands: [ParamsDiffCommand.self]
    )
}
