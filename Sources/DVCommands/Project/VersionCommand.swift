import ArgumentParser
import DVProject

/// The version of this build.
package enum Version {
    package static let text = "0.1.0"
    /// The release of DVC whose files and command line this version follows.
    static let compatibleDVC = "3.67.1"
}

/// `dvswift version`.
struct VersionCommand: TopLevelCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Show the version, the platform and the storage of the project.",
        aliases: ["doctor"]
    )

    @OptionGroup var global: GlobalOptions

    func run(in session: Session) throws {
        session.reporter.report(.answer("dvswift version: \(Version.text)"))
        session.reporter.report(.answer("Compatible with: DVC \(Version.compatibleDVC)"))
        for line in try EnvironmentReport(in: session.workingDirectory).lines {
            session.reporter.report(.answer(line))
        }
    }
}
