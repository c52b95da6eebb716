import DVFormats
import Testing

/// What a user's style has that DVC's printer does not keep, and dvswift does.
@Suite struct StyleTests {
    /// The stage `s` with its lists, put in place of the one in `before`.
    struct Edit: Sendable, CustomStringConvertible {
        let description: String
        let before: String
        var name = "s"
        var command = "run"
        var dependencies: [String] = []
        var outputs = ["o"]
        /// The only place that changes, and what is there then.
        let old: String
        let new: String

        func result() throws -> String {
            var stage = StageDefinition(name: name, command: .single(command))
            stage.dependencies = dependencies
            stage.outputs = outputs.map { OutputDefinition(path: $0) }
            let file = try PipelineFile(parsing: Array(before.utf8), file: "dvc.yaml")
            let changed = try file.addingStage(stage.keepingNotes(of: file.stage(named: name)))
            return String(decoding: changed.bytes, as: UTF8.self)
        }
    }

    @Test(arguments: Edit.inBrackets + Edit.onLines)
    func `an edit keeps the style around it`(edit: Edit) throws {
        #expect(try edit.result() == edit.before.replacing(edit.old, with: edit.new))
    }

    @Test func `the last stages of a flow mapping can go one by one`() throws {
        let text = "stages: {a: {cmd: x}, b: {cmd: y}, c: {cmd: z}}\n"
        var file = try PipelineFile(parsing: Array(text.utf8), file: "dvc.yaml")
        file = try file.removingStage(named: "b")
        #expect(
            String(decoding: file.bytes, as: UTF8.self) == "stages: {a: {cmd: x}, c: {cmd: z}}\n"
        )
        file = try file.removingStage(named: "a")
        #expect(String(decoding: file.bytes, as: UTF8.self) == "stages: {c: {cmd: z}}\n")
    }
}
