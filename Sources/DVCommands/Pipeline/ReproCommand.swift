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
            stages that do not depend on each other run at the same time and each line of their \
            output starts with the name of the stage.
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

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if jobs < 1 { throw ValidationError("argument -j/--jobs: must be at least 1") }
    }

    /// The operation takes the lock itself: it is free while commands run.
    static let holdsLock = false

    func run(in project: Project) throws {
        let operation = ReproduceOperation(
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
        let result = try operation.run(in: project)
        StagingView(result.touched).show(on: project.reporter)
        project.reporter.report(.answer(ReproduceText.closing(result.report)))
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
