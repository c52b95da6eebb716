import ArgumentParser
import DVProject
import DVReporting
import DVSystem
import DVTerminal

/// How the failure of a command is reported.
struct FailureReport {
    /// Words before the cause: "failed to push data to the cloud".
    var prefix: String?
    var status: ExitStatus = .other
    /// The code where the cache cannot be written; nil for `status`.
    var unwritable: ExitStatus?
    /// The code if a remote is not there, where DVC tells that apart.
    var remoteStatus: ExitStatus?
}

/// Where a command runs; read once, at start.
struct Session {
    let workingDirectory: AbsolutePath
    let reporter: any Reporter
}

/// A command that needs no project.
protocol TopLevelCommand: ParsableCommand {
    var failure: FailureReport { get }
    var global: GlobalOptions { get }
    func run(in session: Session) throws
}

/// A command that works in a project, under its lock.
protocol ProjectCommand: TopLevelCommand {
    /// Whether the project's lock is held while the command runs.
    static var holdsLock: Bool { get }
    /// Whether it fails outside of projects; if not, it reads files of any Git repository or directory.
    static var needsProject: Bool { get }
    func run(in project: Project) throws
}

/// A command that reads or edits settings, in or out of a project.
protocol ConfigurationCommand: TopLevelCommand {
    func run(with settings: SettingsEditor, in session: Session) throws
}

extension TopLevelCommand {
    var failure: FailureReport { FailureReport() }

    func run() throws {
        let reporter = TerminalReporter(
            verbosity: global.quiet ? .quiet : global.verbose > 0 ? .verbose : .normal
        )
        defer { reporter.close() }
        do {
            try Interruption.watch()
            try run(in: Session(workingDirectory: try startDirectory(), reporter: reporter))
        } catch let error where error is ExitCode || error is ValidationError {
            throw error
        } catch {
            let failure = CommandError(error, in: failure)
            reporter.reportError(failure.message, hint: failure.hint)
            throw ExitCode(failure.status.rawValue)
        }
    }

    private func startDirectory() throws -> AbsolutePath {
        let current = try AbsolutePath.workingDirectory()
        guard let directory = global.directory else { return current }
        let chosen = AbsolutePath(directory, relativeTo: current)
        guard try FileStatus.following(chosen).isDirectory else {
            throw SystemError("change directory to", chosen.string, code: .notDirectory)
        }
        return chosen
    }
}

extension ProjectCommand {
    static var holdsLock: Bool { true }
    static var needsProject: Bool { true }

    func run(in session: Session) throws {
        let open = {
            Self.needsProject
                ? try Project.open(from: $0, reporter: $1)
                : try Project.openLooking(from: $0, reporter: $1)
        }
        let project = try open(session.workingDirectory, session.reporter)
        guard Self.holdsLock else { return try run(in: project) }
        try project.lock.hold { try run(in: project) }
    }
}

extension ConfigurationCommand {
    func run(in session: Session) throws {
        let editor = try SettingsEditor(workingDirectory: session.workingDirectory)
        try run(with: editor, in: session)
    }
}
