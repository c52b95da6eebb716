import ArgumentParser

/// The root command: its subcommands are the whole command line.
package struct DVSwift: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "dvswift",
        abstract: "Data version control: fast, parallel, verified, and a drop-in for DVC.",
        discussion: """
            Tracks data next to Git, reproduces pipelines when their inputs change, and shares data through a \
            directory. Reads and writes the files of DVC 3, so both tools can be used on one project.
            """,
        version: Version.text,
        groupedSubcommands: [
            CommandGroup(
                name: "Data",
                subcommands: [
                    InitCommand.self, AddCommand.self, CommitCommand.self, StatusCommand.self,
                    CheckoutCommand.self, RemoveCommand.self, GCCommand.self, VerifyCommand.self,
                    DiffCommand.self, DataCommand.self, ListCommand.self, DiskUsageCommand.self,
                    MoveCommand.self, UnprotectCommand.self, LogCommand.self, CatCommand.self,
                ]
            ),
            CommandGroup(
                name: "Pipelines",
                subcommands: [
                    StageCommand.self, ReproCommand.self, DAGCommand.self,
                    FreezeCommand.self, UnfreezeCommand.self,
                    MetricsCommand.self, ParamsCommand.self,
                    PlotsCommand.self,
                ]
            ),
            CommandGroup(
                name: "Sharing",
                subcommands: [
                    RemoteCommand.self, PushCommand.self, PullCommand.self, FetchCommand.self,
                ]
            ),
            CommandGroup(
                name: "Other sources",
                subcommands: [
                    ImportCommand.self, GetCommand.self, ImportURLCommand.self, GetURLCommand.self,
                    ListURLCommand.self, UpdateCommand.self, ArtifactsCommand.self,
                    DatasetCommand.self,
                ]
            ),
            CommandGroup(
                name: "Project",
                subcommands: [
                    ConfigCommand.self, CacheCommand.self, RootCommand.self, VersionCommand.self,
                    CheckIgnoreCommand.self,
                    CompletionCommand.self,
                    DestroyCommand.self, InstallCommand.self, GitHookCommand.self,
                ]
            ),
        ]
    )

    @OptionGroup var global: GlobalOptions

    package init() {}

    package func run() throws { throw MissingCommand(group: Self.self) }
}
