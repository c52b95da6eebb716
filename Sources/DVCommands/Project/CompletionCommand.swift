import ArgumentParser

/// `dvswift completion`: scripts for shells.
struct CompletionCommand: TopLevelCommand {
    static let configuration = CommandConfiguration(
        commandName: "completion",
        abstract: "Print a completion script for a shell.",
        discussion: """
            bash: dvswift completion -s bash > /etc/bash_completion.d/dvswift
            zsh:  dvswift completion -s zsh > /usr/local/share/zsh/site-functions/_dvswift
            fish: dvswift completion -s fish > ~/.config/fish/completions/dvswift.fish
            """
    )

    enum Shell: String, ExpressibleByArgument, CaseIterable {
        case bash, zsh, fish
    }

    @Option(name: .withValue("s"), help: "Shell to print the script for.") var shell = Shell.bash

    @OptionGroup var global: GlobalOptions

    func run(in session: Session) throws {
        let script =
            switch shell {
            case .bash: DVSwift.completionScript(for: .bash)
            case .zsh: DVSwift.completionScript(for: .zsh)
            case .fish: DVSwift.completionScript(for: .fish)
            }
        session.reporter.report(.answer(script))
    }
}
