import DVTestSupport
import Testing

/// Pipelines that cannot be run: which commands refuse them, and with which code.
@Suite struct BadPipelineTests {
    @Test(arguments: BadPipeline.all)
    func `each command ends as in DVC`(pipeline: BadPipeline) throws {
        let project = try TemporaryProject(madeBy: .dvc)
        try project.write(pipeline.text, to: "dvc.yaml")
        for (file, text) in pipeline.files { try project.write(text, to: file) }
        let before = try project.tree()
        for command in ["status", "stage list", "dag"] {
            let words = command.split(separator: " ").map(String.init)
            let ours = try project.attempt(.dvswift, words)
            let theirs = try project.attempt(.dvc, words)
            #expect(ours.status == theirs.status, "\(command): \(ours)\n\(theirs)")
            for phrase in pipeline.phrases where ours.status != 0 || command == "status" {
                #expect(ours.errors.contains(phrase), "\(command): \(ours)")
            }
        }
        #expect(try project.attempt(.dvswift, ["repro"]).status == 255)
        #expect(try project.tree().difference(from: before) == nil)
    }
}

/// A `dvc.yaml` with what is wrong with it.
struct BadPipeline: Sendable, CustomStringConvertible {
    let description: String
    let text: String
    let phrases: [String]
    var files: [(String, String)] = []

    static let all = [
        BadPipeline(
            description: "a cycle",
            text: """
                stages:
                  a: {cmd: cp b a, deps: [b], outs: [a]}
                  b: {cmd: cp a b, deps: [a], outs: [b]}
                """,
            phrases: ["Same item(s) are defined as both a dependency and an output", "a, b"]
        ),
        BadPipeline(
            description: "an output that two expansions share",
            text: """
                stages:
                  a: {foreach: [1, 2], do: {cmd: "echo ${item} > o", outs: [o]}}
                """,
            phrases: ["output 'o' is specified in", "a@1", "a@2"]
        ),
        BadPipeline(
            description: "an output inside of another",
            text: """
                stages:
                  a: {cmd: mkdir d, outs: [d]}
                  b: {cmd: touch d/x, outs: [d/x]}
                """,
            phrases: ["overlap", "'d'('a')", "'d/x'('b')"]
        ),
        BadPipeline(
            description: "a variable that is not there",
            text: "vars: [{model: 1}]\nstages:\n  a: {cmd: \"echo ${modl}\"}\n",
            phrases: ["modl", "line 3"]
        ),
        BadPipeline(
            description: "a list inside a text",
            text: "vars: [{l: [[1, 2]]}]\nstages:\n  a: {cmd: \"echo x${l}\"}\n",
            phrases: ["line 3"]
        ),
        BadPipeline(
            description: "Python that is none",
            text: "vars: [p.py]\nstages:\n  a: {cmd: \"echo ${x}\"}\n",
            phrases: ["p.py"],
            files: [("p.py", "x = (\n")]
        ),
        BadPipeline(
            description: "several wrong keys",
            text: """
                stages:
                  a: {cmdd: x, deps: 3}
                  b: {cmd: x, frozen: yess}
                """,
            phrases: ["line 2", "did you mean 'cmd'?", "line 3", "stages.b.frozen"]
        ),
    ]
}
