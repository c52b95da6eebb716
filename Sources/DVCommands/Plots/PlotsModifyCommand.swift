import ArgumentParser
import DVProject

/// `dvswift plots modify`.
struct PlotsModifyCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "modify",
        abstract:
            "Change how an output of a stage is plotted; an output that is no plot becomes one.",
        discussion: """
            Writes the properties into the stage in dvc.yaml; all else in the file stays as it is. Plots at the top of \
            dvc.yaml are changed by hand.

              dvswift plots modify logs.csv -x epoch -y loss -t smooth
              dvswift plots modify logs.csv --unset template x
            """
    )

    @Argument(help: "Output of a stage.", completion: .targets)
    var target: String

    @OptionGroup var look: PlotLookOptions

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Properties to remove: x, y, template, x_label, …",
            valueName: "property"
        )
    )
    var unset: [String] = []

    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        let operation = ModifyPlotOperation(target: target, setting: look.pairs, unset: unset)
        StagingView(try operation.run(in: project), hasHint: false).show(on: project.reporter)
    }
}
