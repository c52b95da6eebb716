import ArgumentParser
import DVFormats
import DVProject

/// `dvswift stage add`.
struct StageAddCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a stage to the dvc.yaml of the current directory.",
        discussion: """
            Everything after the options is the command; quote it if your shell would interpret it, as it would > and *. \
            The rest of dvc.yaml stays as it is, byte for byte.

            dvswift stage add -n train -d train.py -d data -p lr,model.depth -o model -M metrics.json python train.py

            A dependency is one file or directory, of which every file counts; it has no wildcards. For some files of a             directory, let a stage write what they are, which runs each time but changes nothing for others while they             stay the same:

            dvswift stage add -n files --always-changed -O files.md5 'md5sum data/*.csv > files.md5'
            dvswift stage add -n train -d files.md5 -o model 'python train.py data/*.csv'
            """
    )

    var failure: FailureReport { FailureReport(remoteStatus: .configuration) }

    @Option(name: .withValue("n"), help: "Name of the stage.") var name: String

    @Flag(
        name: .shortAndLong,
        help: "Replace a stage of the same name; its notes (desc, meta) stay."
    ) var force = false

    @Option(
        name: .withValue("d"),
        parsing: .singleValue,
        help: ArgumentHelp("Dependency: file or directory.", valueName: "path"),
        completion: .file()
    )
    var deps: [String] = []

    @Option(
        name: .withValue("p"),
        parsing: .singleValue,
        help: ArgumentHelp(
            "Parameters: names, separated by commas, of params.yaml or of <file>; <file>: alone is all of it.",
            valueName: "[file:]names"
        )
    )
    var params: [String] = []

    @Option(
        name: .withValue("o"),
        parsing: .singleValue,
        help: ArgumentHelp("Output: file or directory.", valueName: "path")
    )
    var outs: [String] = []

    @Option(
        name: .withValue("O"),
        parsing: .singleValue,
        help: ArgumentHelp("Output that is not stored in the cache.", valueName: "path")
    )
    var outsNoCache: [String] = []

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp(
            "Output that stays in place when the stage runs again.",
            valueName: "path"
        )
    )
    var outsPersist: [String] = []

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp("Output that is not stored and stays in place.", valueName: "path")
    )
    var outsPersistNoCache: [String] = []

    @Option(
        name: .withValue("m"),
        parsing: .singleValue,
        help: ArgumentHelp("Metrics file.", valueName: "path")
    )
    var metrics: [String] = []

    @Option(
        name: .withValue("M"),
        parsing: .singleValue,
        help: ArgumentHelp("Metrics file that is not stored in the cache.", valueName: "path")
    )
    var metricsNoCache: [String] = []

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp("Plots file or directory.", valueName: "path")
    )
    var plots: [String] = []

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp("Plots that are not stored in the cache.", valueName: "path")
    )
    var plotsNoCache: [String] = []

    @Option(
        name: .withValue("w"),
        help: ArgumentHelp("Directory to run the command in.", valueName: "path"),
        completion: .directory
    )
    var wdir: String?

    @Flag(name: .customLong("always-changed"), help: "Run the stage at every repro.")
    var isAlwaysChanged = false

    @Option(help: ArgumentHelp("Description for people.", valueName: "text")) var desc: String?

    @Flag(help: "Run the stage after adding it.") var run = false

    @Argument(parsing: .captureForPassthrough, help: "Command of the stage.")
    var command: [String] = []

    @OptionGroup var global: GlobalOptions

    /// An option that does not exist would else be taken for the command.
    func validate() throws {
        if let first = command.first, first.hasPrefix("-"), first != "--" {
            throw ValidationError("unrecognized arguments: \(first)")
        }
    }

    func run(in project: Project) throws {
        let operation = AddStageOperation(
            definition: try definition(),
            isReplacing: force,
            isRunning: run
        )
        StagingView(try operation.run(in: project)).show(on: project.reporter)
    }

    /// The stage as the options describe it, outputs in the order in which DVC lists them in `.gitignore`.
    func definition() throws -> StageDefinition {
        var stage = StageDefinition(name: name, command: .single(CommandLineText.join(command)))
        stage.workingDirectory = wdir
        stage.dependencies = deps
        stage.parameters = try ParameterOption.selections(params)
        stage.outputs = outputs
        stage.isAlwaysChanged = isAlwaysChanged
        stage.description = desc
        return stage
    }

    private var outputs: [OutputDefinition] {
        func make(
            _ paths: [String],
            _ kind: OutputDefinition.Kind,
            isCached: Bool = true,
            isPersistent: Bool = false
        ) -> [OutputDefinition] {
            var options = OutputOptions()
            options.isCached = isCached
            options.isPersistent = isPersistent
            return paths.map { OutputDefinition(path: $0, kind: kind, options: options) }
        }
        return make(outsPersist, .output, isPersistent: true)
            + make(outsPersistNoCache, .output, isCached: false, isPersistent: true)
            + make(metrics, .metric)
            + make(metricsNoCache, .metric, isCached: false)
            + make(plots, .plot(nil))
            + make(plotsNoCache, .plot(nil), isCached: false)
            + make(outsNoCache, .output, isCached: false)
            + make(outs, .output)
    }
}
