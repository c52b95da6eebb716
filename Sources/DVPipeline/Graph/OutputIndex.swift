import DVSystem

/// Where an output is declared: indices into the graph's stages and into that stage's outputs.
package struct OutputReference: Hashable, Sendable {
    package let stage: Int
    package let output: Int
}

/// All outputs of all stages that do not overlap with an earlier one.
struct OutputIndex: Sendable {
    private var index = PathIndex<OutputReference>()

    init(_ stages: [Stage], onProblem: ((GraphError) -> Void)? = nil) throws(GraphError) {
        for (number, stage) in stages.enumerated() {
            for (position, output) in stage.outputs.enumerated() {
                do {
                    try check(output, of: stage, against: stages)
                    index[output.path] = OutputReference(stage: number, output: position)
                } catch {
                    guard let onProblem else { throw error }
                    onProblem(error)
                }
            }
        }
        for stage in stages {
            guard let covering = index.shortestPrefix(of: stage.file) else { continue }
            let output = stages[covering.stage].outputs[covering.output]
            let error = GraphError.stageInsideOutput(stage, output: output.display)
            guard let onProblem else { throw error }
            onProblem(error)
        }
    }

    /// Outputs at, above and below `path`, in the order in which DVC looks at them.
    func overlapping(_ path: AbsolutePath) -> [OutputReference] {
        index.prefixes(of: path) + index.values(below: path)
    }

    private func check(
        _ output: StageOutput,
        of stage: Stage,
        against stages: [Stage]
    ) throws(GraphError) {
        func named(_ reference: OutputReference) -> (output: String, stage: Stage) {
            let stage = stages[reference.stage]
            return (stage.outputs[reference.output].display, stage)
        }
        if let same = index[output.path] {
            let other = stages[same.stage]
            throw .duplicateOutput(
                output.display,
                stages: other == stage ? [stage] : [other, stage]
            )
        }
        if let below = index.firstValue(below: output.path).map(named) {
            throw .overlappingOutputs(
                outer: output.display,
                of: stage,
                inner: below.output,
                by: below.stage
            )
        }
        if let above = index.shortestPrefix(of: output.path).map(named) {
            throw .overlappingOutputs(
                outer: above.output,
                of: above.stage,
                inner: output.display,
                by: stage
            )
        }
    }
}
