import ArgumentParser
import DVProject

/// `dvswift git-hook`: what Git calls.
struct GitHookCommand: ParsableCommand, GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "git-hook",
        abstract: "Run a Git hook or merge driver; `dvswift install` makes Git call it.",
        shouldDisplay: false,
        subcommands: [
            PreCommitHookCommand.self, PostCheckoutHookCommand.self, PrePushHookCommand.self,
            MergeDriverCommand.self,
        ]
    )
}

/// A hook, which does nothing outside of projects.
protocol HookCommand: TopLevelCommand {
    func runHook(in session: Session) throws
}

extension HookCommand {
    func run(in session: Session) throws {
        do {
            _ = try Project.root(containing: session.workingDirectory)
        } catch ProjectError.notAProject {
            return
        }
        try runHook(in: session)
    }

    /// The options that the command a hook stands for takes over.
    var forwarded: [String] {
        (global.quiet ? ["--quiet"] : []) + (global.directory.map { ["--cd", $0] } ?? [])
    }
}

/// Before `git commit`: `dvswift status`.
struct PreCommitHookCommand: HookCommand {
    static let configuration = CommandConfiguration(
        commandName: "pre-commit",
        abstract: "Show the status of the project."
    )

    @Argument(help: "Arguments of Git or of the pre-commit tool.") var arguments: [String] = []

    @OptionGroup var global: GlobalOptions

    func runHook(in session: Session) throws { try StatusCommand.parse(forwarded).run() }
}

/// After `git checkout`: `dvswift checkout`.
struct PostCheckoutHookCommand: HookCommand {
    static let configuration = CommandConfiguration(
        commandName: "post-checkout",
        abstract: "Check the data out that the new commit records."
    )

    @Argument(help: "Arguments of Git or of the pre-commit tool.") var arguments: [String] = []

    @OptionGroup var global: GlobalOptions

    func runHook(in session: Session) throws {
        let directory = session.workingDirectory
        guard try CheckoutHook.isWanted(arguments: arguments, in: directory) else { return }
        try CheckoutCommand.parse(forwarded).run()
    }
}

/// Before `git push`: `dvswift push`.
struct PrePushHookCommand: HookCommand {
    static let configuration = CommandConfiguration(
        commandName: "pre-push",
        abstract: "Push the data."
    )

    @Argument(help: "Arguments of Git or of the pre-commit tool.") var arguments: [String] = []

    @OptionGroup var global: GlobalOptions

    func runHook(in session: Session) throws { try PushCommand.parse(forwarded).run() }
}
