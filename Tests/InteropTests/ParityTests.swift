import DVTestSupport
import Testing

/// The same command on equal projects: same exit status, answer, key phrases and files afterwards.
@Suite struct ParityTests {
    @Test(
        arguments: ParityCase.answers + ParityCase.settingAnswers + ParityCase.pipelineAnswers
            + ParityCase.workspaceAnswers
    )
    func `gives the answer that DVC gives`(example: ParityCase) throws {
        try compare(example)
    }

    @Test(
        arguments: ParityCase.effects + ParityCase.settingEffects + ParityCase.pipelineEffects
            + ParityCase.workspaceEffects
    )
    func `leaves the files that DVC leaves`(example: ParityCase) throws {
        try compare(example)
    }

    @Test(
        arguments: ParityCase.failures + ParityCase.settingFailures + ParityCase.pipelineFailures
            + ParityCase.workspaceFailures
    )
    func `fails as DVC fails`(example: ParityCase) throws {
        try compare(example)
    }

    @Test(arguments: ParityCase.brackets + ParityCase.styles + ParityCase.pointerStyles)
    func `keeps the style that DVC keeps`(example: ParityCase) throws {
        try compare(example)
    }

    @Test(
        arguments: ParityCase.comparisonAnswers + ParityCase.dataStatusAnswers
            + ParityCase.ignoreAnswers + ParityCase.listAnswers + ParityCase.comparisonFailures
    )
    func `tells changes as DVC tells them`(example: ParityCase) throws {
        try compare(example)
    }

    @Test(arguments: ParityCase.fileCommands)
    func `moves, freezes and destroys as DVC does`(example: ParityCase) throws {
        try compare(example)
    }

    @Test(
        arguments: ParityCase.sweepAnswers + ParityCase.sweepEffects + ParityCase.sweepFailures
    )
    func `does what DVC does, whatever the command`(example: ParityCase) throws {
        try compare(example)
    }

    @Test(
        arguments: ParityCase.templateAnswers + ParityCase.templateEffects
            + ParityCase.templateFailures
    )
    func `treats stages of templates as DVC does`(example: ParityCase) throws {
        try compare(example)
    }

    private func compare(_ example: ParityCase) throws {
        let ours = try Run(example, by: .dvswift)
        let theirs = try Run(example, by: .dvc)
        #expect(ours.result.status == theirs.result.status, "\(ours.result)\n\(theirs.result)")
        if example.comparesOutput {
            #expect(ours.answer == theirs.answer)
        }
        for phrase in example.phrases {
            #expect(theirs.result.errors.contains(phrase), "DVC: \(theirs.result)")
            #expect(ours.result.errors.contains(phrase), "\(ours.result)")
        }
        #expect(ours.outcome.difference(from: theirs.outcome) == nil)
    }
}

/// One tool's run of an example on a project of its own.
private struct Run {
    let result: ProgramResult
    let outcome: Outcome
    /// Standard output without the places of temporary directories; its parts sorted where DVC's order is by chance.
    let answer: String

    init(_ example: ParityCase, by tool: Tool) throws {
        let project = try Self.template.get().copy()
        try project.attempt(["sh", "-c", example.preparation]).checkingSuccess()
        result = try project.attempt(tool, example.arguments)
        outcome = try Outcome(of: project, inOwnFolder: true)
        let output = Self.withoutHint(result.output)
            .replacing(project.surroundings.string, with: "<place>")
        answer =
            example.hasOrder
            ? output
            : output.split { "{}[],\n ".contains($0) }.sorted().joined(separator: "\n")
    }

    /// Without the advice on Git: its files come in any order from DVC, and it names the tool.
    private static func withoutHint(_ output: String) -> String {
        guard let start = output.firstRange(of: "\nTo track the changes with git"),
            let end = output.firstRange(of: "core.autostage true\n")
        else { return output }
        return String(output[..<start.lowerBound] + output[end.upperBound...])
    }

    /// A folder, a pipeline of two stages, a remote that has everything.
    private static let template = Result {
        let project = try TemporaryProject(madeBy: .dvc)
        try project.run(.dvc, "remote", "add", "-q", "-d", "storage", "../remote")
        for name in ["a", "b", "c/d"] { try project.write(name + "\n", to: "data/" + name) }
        try project.write("p: 1\nq: {r: 2}\n", to: "params.yaml")
        try project.write(stages, to: "dvc.yaml")
        try project.run(.dvc, "add", "-q", "data")
        try project.run(.dvc, "repro", "-q")
        try project.run(.dvc, "push", "-q")
        try project.commit("template")
        return project
    }

    private static let stages = """
        # what we do
        stages:
          one:   # first
            cmd: cat data/a > one.txt
            desc: copies
            deps: [data]
            params:
            - p
            outs:
            - one.txt
          two:
            cmd: >-
              echo '{"x": 1}'
              > m.json
            deps:
            - one.txt
            params:
            - q.r
            metrics:
            - m.json:
                cache: false

        """
}
