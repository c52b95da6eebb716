import ArgumentParser
import DVProject

/// `dvswift params diff`.
struct ParamsDiffCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show parameters that changed between commits, or since a commit.",
        discussion: """
            Compares parameters as <a_rev> and <b_rev> have them: those that stages depend on, all of the files that \
            dvc.yaml names at its top and of the params.yaml at the root of the project, and the values of other files \
            that references like ${name} use. "workspace" stands for the files as they are.

            Values in mappings are named with dots. A file that cannot be read is told on standard error and counts as \
            one that is not there; the exit code is 0 all the same, as in DVC. Without any commit there is nothing to \
            compare.

            Examples:
              dvswift params diff                 the last commit and the workspace
              dvswift params diff HEAD~1 HEAD --json
              dvswift params diff --all --targets params.yaml
            """
    )

    static var holdsLock: Bool { false }
    static var needsProject: Bool { false }

    @OptionGroup var options: FigureDiffOptions

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Only these files, also where no dvc.yaml names them; from the project's root, as in DVC.",
            valueName: "paths"
        ),
        completion: .file()
    )
    var targets: [String] = []

    @Flag(name: .customLong("deps"), help: "Only parameters that stages depend on.")
    var isForStages = false

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        let operation = DiffParametersOperation(
            from: options.revisions.old,
            to: options.revisions.new,
            targets: targets,
            isForStages: isForStages,
            isKeepingEqual: options.revisions.all
        )
        options.show(try operation.run(in: project), .parameters, in: project)
    }
}
