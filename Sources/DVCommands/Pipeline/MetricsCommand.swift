import ArgumentParser

/// `dvswift metrics`: shows and compares metrics.
struct MetricsCommand: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics",
        abstract: "Show and compare metrics.",
        subcommands: [MetricsShowCommand.self, MetricsDiffCommand.self]
    )
}
