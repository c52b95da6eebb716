import ArgumentParser

/// `dvswift dataset`: data elsewhere that stages depend on by name.
struct DatasetCommand: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "dataset",
        abstract: "Define datasets that stages depend on as ds://NAME.",
        discussion: """
            A dataset is data that stays where it is: dvc.yaml says where, dvc.lock which state of it counts. A stage with \
            `deps: [ds://images]` runs again when that state changes, and only `dvswift dataset update` changes it. Its \
            commands read the data themselves, for example with `dvswift get`.
            """,
        subcommands: [DatasetAddCommand.self, DatasetUpdateCommand.self],
        aliases: ["ds"]
    )
}
