import ArgumentParser
import DVPipeline
import DVProject

/// `dvswift repro`: runs what is out of date.
struct ReproCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "repro",
        abstract: "Reproduce pipelines: run the stages whose inputs changed.",
        discussion: """
            A stage runs if its command, a dependency, a parameter or an output is not as dvc.lock records it, unless the \
            run cache has the result of an earlier run with the same command and inputs: then that is put back. With -j, \
            stages that do not depend on each other run at the same time, each line of their \
            output starts with the name of the stage, and .dvc/tmp/logs keeps what each wrote last.

            A stage says in dvc.yaml what it needs of the machine: meta: {dvswift: {mutex: [gpu], resources: {memory: \
            8}}}. Stages that have a mutex in common never run at the same time; of a resource, the stages that run use no \
            more than `dvswift config resources.memory 16` allows.
            """
    )

    @Argument(
        help:
            "Stage names, dvc.yaml or .dvc files; the dvc.yaml of the current directory by default.",
        completion: .stages
    )
    var targets: [String] = []

    @Flag(name: .shortAndLong, help: "Run stages even if nothing changed.") var force = false
    @Flag(name: .shortAndLong, help: "Ask before running each stage.") var interactive = false

    @Flag(
        name: [.customShort("s"), .customLong("single-item")],
        help: "Run the targets only, not what they depend on."
    )
    var isSingleItem = false

    @Flag(name: .shortAndLong, help: "Reproduce the whole pipelines that the targets belong to.")
    var pipeline = false

    @Flag(
        name: [.customShort("P"), .customLong("all-pipelines")],
        help: "Reproduce all pipelines of the project."
    )
    var isAllPipelines = false

    @Flag(
        name: [.customShort("R"), .customLong("recursive")],
        help: "Reproduce all stages in target directories."
    )
    var isRecursive = false

    @Flag(help: "Start from the targets and reproduce what depends on them.") var downstream = false

    @Flag(
        name: .customLong("force-downstream"),
        help:
            "Run everything that depends on a stage that ran, even if its own inputs did not change."
    )
    var isForcingDownstream = false

    @Flag(help: "Print the commands that would run.") var dry = false

    @Flag(exclusivity: .chooseLast) var onFailure: FailureOption?

    @Flag(
        name: .customLong("allow-missing"),
        help: "Skip stages of which only data is missing, and nothing else changed."
    )
    var isAllowingMissing = false

    @Flag(
        help: """
            Fetch what is missing from the default remote where that saves a run: the run cache, outputs of stages that \
            did not change, and dependencies.
            """
    )
    var pull = false

    @Flag(name: .customLong("no-commit"), help: "Do not store outputs in the cache.")
    var isUncommitted = false

    @Flag(
        name: .customLong("no-run-cache"),
        help: "Run stages even if the run cache has the result of a run with the same inputs."
    )
    var isWithoutRunCache = false

    @Flag(name: .customLong("glob"), help: "Let stage names contain wildcards.") var usesGlob =
        false

    @Option(
        name: .withValue("j"),
        help: ArgumentHelp("How many stages to run at the same time.", valueName: "number")
    )
    var jobs = 1

    @Option(
        name: .customLong("retry"),
        help: ArgumentHelp("How often to run a stage again that failed.", valueName: "number")
    )
    var retries = 0

    @Flag(
        name: .customLong("why"),
        help: "Say for each stage that runs what changed, and which stage changed it."
    )
    var isExplaining = false

    @Flag(
        name: .customLong("summary"),
        help: "Print a table of stages that ran, with times, cached results and sizes."
    )
    var isSummarizing = false

    @Flag(help: "Print what happens as JSON, one object a line, for programs.") var json = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if jobs < 1 { throw ValidationError("argument -j/--jobs: must be at least 1") }
        if retries < 0 { throw ValidationError("argument --retry: must not be negative") }
        if json, interactive {
            throw ValidationError("argument --json: not allowed with argument -i/--interactive")
        }
    }

    /// The operation takes the lock itself: it is free while commands run.
    static let holdsLock = false

    func run(in session: Session) throws {
        guard json else {
            return try run(
                in: Project.open(from: session.workingDirectory, reporter: session.reporter)
            )
        }
        let events = ReproductionEventReporter(session.reporter)
        let project = try Project.open(from: session.workingDirectory, reporter: events)
        var options = options
        options.observe = events.tell
        options.takesOutput = true
        options.isExplaining = true
        let result = try operation(options).run(in: project)
        events.tell(ReproductionSummary(result))
        try result.check()
    }

    func run(in project: Project) throws {
        let result = try operation(options).run(in: project)
        if isSummarizing {
            for line in ReproductionSummary(result).lines { project.reporter.report(.answer(line)) }
        }
        try result.check()
        StagingView(result.touched).show(on: project.reporter)
        project.reporter.report(.answer(ReproduceText.closing(result.report)))
    }

    private func operation(_ options: ReproduceOptions) -> ReproduceOperation {
        ReproduceOperation(
            targets: targets,
            scope: ReproduceScope(
                isSingleItem: isSingleItem,
                isWholePipeline: pipeline,
                isAllPipelines: isAllPipelines,
                isRecursive: isRecursive,
                isDownstream: downstream,
                usesGlob: usesGlob
            ),
            options: options,
            isCommitting: !isUncommitted
        )
    }

    private var options: ReproduceOptions {
        var options = ReproduceOptions()
        options.jobs = jobs
        options.isForced = force
        options.forcesDownstream = isForcingDownstream
        options.isDry = dry
        options.allowsMissing = isAllowingMissing
        options.pullsMissing = pull
        options.usesRunCache = !isWithoutRunCache
        options.retries = retries
        options.describe = { ErrorAccount($0).text }
        options.isExplaining = isExplaining
        options.onFailure = onFailure?.policy ?? .stop
        if interactive {
            options.confirm = { Prompt.confirm(ReproduceText.confirmation($0)) }
        }
        return options
    }
}

/// What to do after a failure; the last one given counts, as in DVC.
enum FailureOption: EnumerableFlag {
    case keepGoing, ignoreErrors

    static func name(for value: FailureOption) -> NameSpecification {
        value == .keepGoing ? [.customShort("k"), .long] : .long
    }

    static func help(for value: FailureOption) -> ArgumentHelp? {
        switch value {
        case .keepGoing: "After a failure, go on with stages that do not depend on it."
        case .ignoreErrors: "Run all stages whatever fails."
        }
    }

    var policy: FailurePolicy { self == .keepGoing ? .keepGoing : .ignore }
}
