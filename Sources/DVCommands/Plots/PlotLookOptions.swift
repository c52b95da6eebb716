import ArgumentParser
import DVFormats

/// What a plot is to look like, whatever its definition says.
struct PlotLookOptions: ParsableArguments {
    @Option(
        name: .withValue("t", long: "template"),
        help: ArgumentHelp(
            "Name of a template (see `plots templates`), or a JSON file.",
            valueName: "path"
        ),
        completion: .file()
    )
    var template: String?

    @Option(
        name: .customShort("x", allowingJoined: true),
        help: ArgumentHelp("Field of the X axis; numbers from 0 by default.", valueName: "field")
    )
    var x: String?

    @Option(
        name: .customShort("y", allowingJoined: true),
        help: ArgumentHelp("Field of the Y axis; the last one by default.", valueName: "field")
    )
    var y: String?

    @Flag(
        name: .customLong("no-header"),
        help: "The first line of a CSV or TSV file has no names; columns are called 0, 1, 2."
    )
    var isWithoutHeader = false

    @Option(help: ArgumentHelp("Title of the plot.", valueName: "text"))
    var title: String?

    @Option(name: .customLong("x-label"), help: ArgumentHelp("Label of X.", valueName: "text"))
    var xLabel: String?

    @Option(name: .customLong("y-label"), help: ArgumentHelp("Label of Y.", valueName: "text"))
    var yLabel: String?

    /// By the names that `dvc.yaml` has for them.
    var pairs: [(key: String, value: DataValue)] {
        let texts = [
            ("template", template), ("x", x), ("y", y), ("x_label", xLabel), ("y_label", yLabel),
            ("title", title),
        ]
        let given = texts.compactMap { name, text in text.map { (name, DataValue.string($0)) } }
        return given + (isWithoutHeader ? [("header", .bool(false))] : [])
    }

    var properties: PlotProperties { PlotProperties(.mapping(pairs)) }
}
