import DVFormats
import DVPipeline
import DVReporting
import DVSystem

/// How the templates of `dvc.yaml` files are read: the settings `parsing.bool` and `parsing.list`.
struct TemplateReading: Sendable {
    let style: ArgumentStyle
    /// Hears of variables that cannot be seen; nil where nobody wants to know.
    var reporter: (any Reporter)?

    init(_ levels: ConfigLevels) throws(FormatError) {
        let bool = try levels.string(ConfigKey(.plain("parsing"), "bool"))
        let list = try levels.string(ConfigKey(.plain("parsing"), "list"))
        style = ArgumentStyle(
            negatesFlags: bool == "boolean_optional",
            repeatsNames: list == "append"
        )
    }

    /// The stages of a `dvc.yaml`, with variables of the files beside it.
    func resolve(
        _ pipeline: PipelineFile,
        at path: AbsolutePath,
        in files: any ProjectFiles,
        _ place: ProjectPlace
    ) throws -> PipelineFile {
        try resolve(pipeline, with: FileVariables(beside: path, in: files, at: place))
    }

    func resolve(
        _ pipeline: PipelineFile,
        with variables: FileVariables
    ) throws -> PipelineFile {
        try pipeline.resolved(reading: variables, style: style) { names, group in
            let verb = names.count == 1 ? "is" : "are"
            reporter?.report(
                .warning(
                    "\(names.joined(separator: " and ")) \(verb) already specified, will be overwritten for stages generated from '\(group)'"
                )
            )
        }
    }
}

extension Project {
    /// Throws `ProjectError.parametrizedStage` for a stage that templates tell.
    func checkIsWritten(_ stage: Stage, isRemoval: Bool) throws {
        guard stage.origin != .written else { return }
        throw ProjectError.parametrizedStage(
            stage.address,
            file: display(stage.file),
            isRemoval: isRemoval
        )
    }

    /// Tells of variables that cannot be seen.
    var templates: TemplateReading {
        var reading = settings.templates
        reading.reporter = reporter
        return reading
    }
}
