import ArgumentParser
import DVFormats
import DVProject

/// What `plots show` and `plots diff` have in common: the look, and where it goes.
struct PlotViewOptions: ParsableArguments {
    @OptionGroup var look: PlotLookOptions

    @OptionGroup var output: PlotOutputOptions

    func show(
        _ targets: [String],
        _ scope: PlotsOperation.Scope,
        of project: Project
    ) throws {
        try output.check(targets)
        let operation = PlotsOperation(targets: targets, look.properties, scope: scope)
        try output.show(try operation.run(in: project), of: project)
    }
}
