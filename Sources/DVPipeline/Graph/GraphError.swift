/// Stages that contradict each other or themselves.
package enum GraphError: Error, Hashable, Sendable {
    /// One path is an output of several stages, or twice of one.
    case duplicateOutput(String, stages: [Stage])
    /// One output lies inside another.
    case overlappingOutputs(outer: String, of: Stage, inner: String, by: Stage)
    /// The file of a stage lies inside an output.
    case stageInsideOutput(Stage, output: String)
    /// Each stage needs the next, and the last needs the first.
    case cycle([Stage])
    /// A stage names a path both as dependency and as output.
    case outputIsDependency(String)
    /// A stage names a path twice.
    case duplicateArgument(String)
    /// Cached outputs outside the project.
    case externalOutputs([String])

    /// What DVC says.
    package var message: String {
        switch self {
        case .duplicateOutput(let output, let stages): Self.duplicate(output, stages)
        case .overlappingOutputs(let outer, let parent, let inner, let child):
            """
            The output paths:
            '\(outer)'('\(parent.address)')
            '\(inner)'('\(child.address)')
            overlap and are thus in the same tracked directory.
            To keep reproducibility, outputs should be in separate tracked directories or tracked individually.
            """
        case .stageInsideOutput(let stage, let output):
            "stage: '\(stage.address)' is within an output '\(output)' of another stage"
        case .cycle(let stages):
            """
            Same item(s) are defined as both a dependency and an output in \
            \(stages.count == 1 ? "stage" : "stages"): \
            \(stages.map(\.address).joined(separator: ", ")).
            """
        case .outputIsDependency(let path):
            "'\(path)' is specified as an output and as a dependency."
        case .duplicateArgument(let path): "file '\(path)' is specified more than once."
        case .externalOutputs(let paths):
            "Cached output(s) outside of DVC project: \(paths.joined(separator: ", "))."
        }
    }

    private static func duplicate(_ output: String, _ stages: [Stage]) -> String {
        if stages.count == 1 {
            return """
                output '\(output)' is already specified in stage: '\(stages[0].address)'.
                Use `dvc remove \(stages[0].address)` to stop tracking the overlapping output.
                """
        }
        return """
            output '\(output)' is specified in:
            \(stages.map { "\t- " + $0.address }.joined(separator: "\n"))
            Use `dvc remove` with any of the above targets to stop tracking the overlapping output.
            """
    }
}
