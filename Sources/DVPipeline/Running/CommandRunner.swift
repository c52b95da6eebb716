import DVFormats
import DVReporting
import DVSystem
import Synchronization

/// Runs the command lines of stages in the user's shell.
package struct CommandRunner: Sendable {
    private let environment: ProcessEnvironment
    private let shell: Shell
    private let root: AbsolutePath
    private let reporter: any Reporter
    private let interruption: @Sendable () -> Int32?
    private let observe: (@Sendable (ReproductionEvent) -> Void)?
    private let logs: AbsolutePath?

    /// Takes the shell from SHELL, as DVC does.
    package init(
        root: AbsolutePath,
        environment: ProcessEnvironment,
        reporter: any Reporter,
        options: ReproduceOptions = ReproduceOptions(),
        interruption: @escaping @Sendable () -> Int32? = { Interruption.signal }
    ) {
        observe = options.observe
        logs = options.logs
        let program = environment["SHELL"].flatMap { $0.isEmpty ? nil : $0 } ?? "/bin/sh"
        shell = Self.shell(program, environment, in: root)
        self.environment = environment
        self.root = root
        self.reporter = reporter
        self.interruption = interruption
        if !shell.hasNoConfig { reporter.report(.warning(ReproduceText.oldFish)) }
    }

    /// Says what would run.
    func announce(_ stage: Stage, _ command: StageCommand) {
        reporter.report(.answer(ReproduceText.running(stage)))
        for line in Self.lines(of: command) {
            reporter.report(.answer(ReproduceText.command(line)))
        }
    }

    /// Runs the lines one after the other up to the first that fails.
    func run(_ stage: Stage, _ command: StageCommand, takesOutput: Bool) throws {
        reporter.report(.answer(ReproduceText.running(stage)))
        guard try stage.workingDirectory.exists() else {
            throw StageError.workingDirectoryMissing(stage.workingDirectory.string)
        }
        let entries = environment.entries(setting: changes(for: stage))
        let log = takesOutput ? logs.flatMap { StageLog(stage, in: $0) } : nil
        for line in Self.lines(of: command) {
            show(line, of: stage, takesOutput)
            log?.write([ReproduceText.command(line)])
            var request = ChildRequest(
                shell.arguments(for: line),
                environment: entries,
                in: stage.workingDirectory,
                output: takesOutput ? lineOutput(stage, log) : .inherited
            )
            request.interruption = interruption
            let reason = try ChildProcess.run(request)
            guard reason.isSuccess else { throw StageError.commandFailed(line: line, reason) }
        }
    }

    /// A list as it is; a text by its lines.
    static func lines(of command: StageCommand) -> [String] {
        guard case .single(let text) = command else { return command.lines }
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map(String.init)
    }

    private func show(_ line: String, of stage: Stage, _ takesOutput: Bool) {
        let shown = ReproduceText.command(line)
        if let observe {
            observe(.command(stage, line: line))
        } else if takesOutput {
            reporter.report(.answer(ReportEvent.prefix(of: stage.address) + shown))
        } else {
            reporter.report(.answer(shown))
            reporter.flush()
        }
    }

    private func lineOutput(_ stage: Stage, _ log: StageLog?) -> ChildRequest.Output {
        .lines { [reporter] lines, isError in
            log?.write(lines)
            reporter.report(.stageOutput(stage: stage.address, lines: lines, isError: isError))
        }
    }

    /// Asks a fish for its version; other shells need no question.
    private static func shell(
        _ program: String,
        _ environment: ProcessEnvironment,
        in directory: AbsolutePath
    ) -> Shell {
        let shell = Shell(program: program)
        guard shell.name == "fish" else { return shell }
        let version = Mutex("")
        let request = ChildRequest(
            [program, "--version"],
            environment: environment.entries(setting: []),
            in: directory,
            output: .lines { lines, isError in
                if !isError, let line = lines.last { version.withLock { $0 = line } }
            }
        )
        // A fish that does not start is the failure of the stage that needs it.
        let reason = try? ChildProcess.run(request)
        let isKnown = reason?.isSuccess == true
        return Shell(
            program: program,
            hasNoConfig: isKnown && Shell.knowsNoConfig(fishVersion: version.withLock { $0 })
        )
    }

    private func changes(for stage: Stage) -> [(name: String, value: String)] {
        let name = [(name: "DVC_STAGE", value: stage.address)]
        return environment["DVC_ROOT"] == nil ? name + [("DVC_ROOT", root.string)] : name
    }
}
