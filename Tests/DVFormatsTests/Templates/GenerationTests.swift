import DVFormats
import Testing

@Suite struct GenerationTests {
    private static let parameters = """
        models: {us: {lr: 1}, gb: {lr: 2}}
        mixed: [true, null, 1.5, 1e-5, 5, s]
        composite: [{a: 1}, {a: 2}]
        feature: [x, y]
        """

    /// Entry, names and commands, as DVC 3.67.1 has them.
    private static let groups: [(String, [String], [String])] = [
        (
            "{foreach: [a, b], do: {cmd: 'x ${item}'}}", ["a", "b"], ["x a", "x b"]
        ),
        (
            "{foreach: [true, null, 1e-5, 5], do: {cmd: 'x ${item}'}}",
            ["true", "None", "1e-05", "5"], ["x true", "x None", "x 1e-05", "x 5"]
        ),
        (
            "{foreach: '${mixed}', do: {cmd: 'x ${item}'}}",
            ["True", "None", "1.5", "1e-05", "5", "s"],
            ["x true", "x None", "x 1.5", "x 1e-05", "x 5", "x s"]
        ),
        (
            "{foreach: '${models}', do: {cmd: 'x ${key} ${item.lr}'}}", ["us", "gb"],
            ["x us 1", "x gb 2"]
        ),
        (
            "{foreach: {1: a, b: 2}, do: {cmd: 'x ${key} ${item}'}}", ["1", "b"],
            ["x 1 a", "x b 2"]
        ),
        ("{foreach: '${composite}', do: {cmd: 'x ${item.a}'}}", ["0", "1"], ["x 1", "x 2"]),
        ("{foreach: [a, {a: 1}], do: {cmd: x}}", ["0", "1"], ["x", "x"]),
        ("{foreach: [a, b, a], do: {cmd: 'x ${item}'}}", ["a", "b"], ["x a", "x b"]),
        ("{foreach: [], do: {cmd: '${nope}'}}", [], []),
        ("{foreach: ['p-${feature[0]}'], do: {cmd: x}}", ["p-x"], ["x"]),
        (
            "{matrix: {m: '${feature}', n: [1, true]}, cmd: 'x ${item.m} ${item.n} ${key}'}",
            ["x-1", "x-true", "y-1", "y-true"],
            ["x x 1 x-1", "x x true x-true", "x y 1 y-1", "x y true y-true"]
        ),
        (
            "{matrix: {m: [{a: 1}, s, [2]]}, cmd: 'x ${key}'}", ["m0", "s", "m2"],
            ["x m0", "x s", "x m2"]
        ),
        (
            "{matrix: {m: '${models}', n: ab}, cmd: x}", ["us-a", "us-b", "gb-a", "gb-b"],
            ["x", "x", "x", "x"]
        ),
        ("{matrix: {m: [], n: [1]}, cmd: x}", [], []),
    ]

    @Test(arguments: groups)
    func `a group generates the stages of DVC`(
        entry: String,
        keys: [String],
        commands: [String]
    ) throws {
        let text = "stages: {first: {cmd: f}, g: \(entry), last: {cmd: l}}"
        let file = try PipelineFile.resolving(text, ["params.yaml": Self.parameters])
        #expect(file.stages.map(\.name) == ["first"] + keys.map { "g@" + $0 } + ["last"])
        let generated = file.stages.filter { $0.origin == .generated(from: "g") }
        #expect(generated.map(\.command) == commands.map { .single($0) })
    }

    private static let digits = "'0123456789'"

    private static let problems: [(String, TemplateError.Subject, TemplateError.Problem)] = [
        (
            "{foreach: abc, do: {cmd: x}}", .key("stages.g.foreach"), .notIterable(type: "str")
        ),
        (
            "{foreach: '${nope}', do: {cmd: x}}", .key("stages.g.foreach"),
            .notFound("nope", nearest: nil)
        ),
        (
            "{foreach: [1], do: {cmd: '${item.a[0]}'}}", .key("stages.g@1.cmd"),
            .notFound("item.a[0]", nearest: nil)
        ),
        (
            "{foreach: [1], do: {cmd: '${a.}'}}", .key("stages.g.cmd"),
            .syntax(reference: "${a.}", position: 3)
        ),
        (
            "{foreach: {x: 1}, do: {cmd: x, vars: [{key: 1, item: 2}]}}", .stage("g@x"),
            .reserved(["item", "key"], file: nil)
        ),
        ("{foreach: [''], do: {cmd: x}}", .key("stages.g.foreach"), .unusableName("")),
        ("{foreach: [a@b], do: {cmd: x}}", .key("stages.g.foreach"), .unusableName("a@b")),
        (
            "{foreach: {'${feature[0]}': 1}, do: {cmd: x}}", .key("stages.g.foreach"),
            .referenceAsKey("${feature[0]}")
        ),
        (
            "{matrix: {a: \(digits), b: \(digits), c: \(digits), d: \(digits), e: \(digits), f: \(digits), g: \(digits)}, cmd: x}",
            .key("stages.g.matrix"), .tooManyStages(limit: 1_000_000)
        ),
        ("{matrix: {}, cmd: x}", .key("stages.g.matrix"), .unusableName("")),
        (
            "{matrix: {a: '${feature[0]}'}, cmd: x}", .key("stages.g.matrix"),
            .notIterable(type: "str")
        ),
    ]

    @Test(arguments: problems)
    func `a group that cannot be generated is told`(
        entry: String,
        subject: TemplateError.Subject,
        problem: TemplateError.Problem
    ) throws {
        let error = try #require(throws: TemplateError.self) {
            try PipelineFile.resolving("stages: {g: \(entry)}", ["params.yaml": Self.parameters])
        }
        #expect(error.subject == subject)
        #expect(error.problem == problem)
    }

    @Test func `a stage cannot have the name of a generated one`() throws {
        let error = try #require(throws: FormatError.self) {
            try PipelineFile.resolving("stages: {a@b: {cmd: x}}")
        }
        #expect(error.problem.contains("Stage 'a@b' not found inside 'dvc.yaml' file"))
    }

    @Test func `names that a group hides are told`() throws {
        let text = "vars: [{item: 1, key: 2}]\nstages: {g: {foreach: [1], do: {cmd: 'x ${item}'}}}"
        var hidden: [[String]] = []
        let file = try PipelineFile(parsing: Array(text.utf8), file: "dvc.yaml")
        _ = try file.resolved(reading: MemoryVariables([:])) { names, _ in hidden.append(names) }
        #expect(hidden == [["item"]])
    }

    @Test func `edits leave groups as they are`() throws {
        let text = "stages:\n  g:\n    foreach: [1]   # all\n    do: {cmd: 'x ${item}'}\n"
        let file = try PipelineFile(parsing: Array(text.utf8), file: "dvc.yaml")
        let added = try file.addingStage(StageDefinition(name: "n", command: .single("y ${z}")))
        #expect(String(decoding: added.bytes, as: UTF8.self) == text + "  n:\n    cmd: y ${z}\n")
        #expect(added.hasEntry(named: "g"))
        #expect(try added.removingStage(named: "n").bytes == file.bytes)
    }
}
