import DVFormats
import Testing

@Suite struct InterpolationTests {
    private static let parameters = """
        n: 5
        s: two words
        yes: true
        none: null
        tiny: 1e-5
        whole: 1.0
        list: [1, x, {deep: end}]
        dict: {a: 1, b: two words, c: {e: true, g: false}, h: [1, 'q r', true, null], i: null}
        nested: {l: [[1]]}
        7: seven
        """

    /// What DVC 3.67.1 makes of each.
    private static let commands: [(String, String)] = [
        ("x ${n}", "x 5"),
        ("${s}", "two words"),
        ("x ${yes} ${none} ${tiny} ${whole}", "x true None 1e-05 1.0"),
        ("x ${list[0]} ${list.1} ${list[-1].deep} ${ dict . a }", "x 1 x end 1"),
        ("x ${dict}", "x --a 1 --b 'two words' --c.e --h 1 'q r' True None --i None"),
        (#"x \${HOME} $HOME ${n}"#, "x ${HOME} $HOME 5"),
        (#"x \${HOME}"#, "x ${HOME}"),
        (#"x \\${HOME}"#, #"x \${HOME}"#),
        ("x ${n", "x ${n"),
        ("x $n {n}", "x $n {n}"),
        ("${n}${n}", "55"),
    ]

    @Test(arguments: commands)
    func `references become the text of their values`(command: String, expected: String) throws {
        let text = "stages:\n  a:\n    cmd: '\(command)'\n"
        let file = try PipelineFile.resolving(text, ["params.yaml": Self.parameters])
        #expect(file.stage(named: "a")?.command == .single(expected))
    }

    @Test func `settings change how flags and lists become arguments`() throws {
        let text = "stages: {a: {cmd: 'x ${dict}'}}"
        let style = ArgumentStyle(negatesFlags: true, repeatsNames: true)
        let file = try PipelineFile.resolving(text, ["params.yaml": Self.parameters], style: style)
        let expected =
            "x --a 1 --b 'two words' --c.e --no-c.g --h 1 --h 'q r' --h True --h None --i None"
        #expect(file.stage(named: "a")?.command == .single(expected))
    }

    @Test func `references may stand everywhere in a stage`() throws {
        let file = try PipelineFile.resolving(
            """
            vars: [{f: in, n: 3, k: lr, d: sub}]
            stages:
              a:
                cmd: ["x ${f}", "y ${n}"]
                wdir: ${d}
                desc: ${n}
                deps: ["${f}.csv"]
                params: ["${k}", {"${f}.yaml": ["${k}.${k}"]}]
                outs: [{"${f}.out": {desc: "${n}", labels: ["${f}"]}}]
                plots: [{"${f}.plot": {x: "${k}"}}]
                meta: {"${f}": "${n}", l: ["${f}"]}
            """
        )
        let stage = try #require(file.stage(named: "a"))
        #expect(stage.command == .list(["x in", "y 3"]))
        #expect(stage.workingDirectory == "sub")
        #expect(stage.description == "3")
        #expect(stage.dependencies == ["in.csv"])
        #expect(
            stage.parameters == [
                ParameterSelection(keys: ["lr"]),
                ParameterSelection(file: "in.yaml", keys: ["lr.lr"]),
            ]
        )
        #expect(stage.outputs.map(\.path) == ["in.out", "in.plot"])
        #expect(stage.outputs[0].options.labels == ["in"])
        #expect(stage.outputs[1].kind == .plot(.mapping([("x", .string("lr"))])))
        #expect(stage.meta == .mapping([("in", .integer(3)), ("l", .list([.string("in")]))]))
        #expect(stage.origin == .resolved)
    }

    @Test func `sections beside the stages take whole values`() throws {
        let file = try PipelineFile.resolving(
            """
            vars: [{f: in, ys: [a, b]}]
            metrics: ["${f}.json"]
            params: ["${f}.yaml"]
            plots: ["${f}.csv", {"${f}": {x: e, y: "${ys}"}}]
            artifacts: {"m-${f}": {path: "${f}.pkl", meta: {0: zero}}}
            datasets: [{name: "${f}", url: "s3://${f}", type: url}]
            """
        )
        let sections = Dictionary(uniqueKeysWithValues: file.topLevel.map { ($0.key, $0.value) })
        #expect(sections["metrics"] == .list([.string("in.json")]))
        #expect(sections["params"] == .list([.string("in.yaml")]))
        let plot = DataValue.mapping([
            ("x", .string("e")), ("y", .list([.string("a"), .string("b")])),
        ])
        #expect(sections["plots"] == .list([.string("in.csv"), .mapping([("in", plot)])]))
        #expect(sections["artifacts"]?.value(atDottedKey: "m-in.path") == .string("in.pkl"))
        #expect(sections["datasets"]?.value(atDottedKey: "0.url") == .string("s3://in"))
    }

    @Test func `a file without references needs no variables`() throws {
        let files = MemoryVariables(["params.yaml": "[broken"])
        let text = "stages: {a: {cmd: x $HOME, params: [p]}}"
        let file = try PipelineFile(parsing: Array(text.utf8), file: "dvc.yaml")
        #expect(try file.resolved(reading: files).stages == file.stages)
        #expect(files.reads.isEmpty)
        #expect(file.stage(named: "a")?.origin == .written)
    }

    private static let problems: [(String, String, TemplateError.Problem)] = [
        ("${nope}", "stages.a.cmd", .notFound("nope", nearest: "none")),
        ("${dict.bb}", "stages.a.cmd", .notFound("dict.bb", nearest: "dict.b")),
        ("${list[9]}", "stages.a.cmd", .notFound("list.9", nearest: nil)),
        ("${dict['a']}", "stages.a.cmd", .notFound("dict.'a'", nearest: "dict.a")),
        ("${n.x}", "stages.a.cmd", .notFound("n.x", nearest: nil)),
        ("${7}", "stages.a.cmd", .notFound("7", nearest: "n")),
        ("${}", "stages.a.cmd", .syntax(reference: "${}", position: 2)),
        ("${a[}", "stages.a.cmd", .syntax(reference: "${a[}", position: 3)),
        ("${a..b}", "stages.a.cmd", .syntax(reference: "${a..b}", position: 3)),
        ("x ${list}", "stages.a.cmd", .notInterpolable(type: "list")),
        ("${dict}", "stages.a.cmd", .notInterpolable(type: "dict")),
        ("x ${nested}", "stages.a.cmd", .nestedList(key: "l")),
    ]

    @Test(arguments: problems)
    func `a reference without a value is told with its place`(
        command: String,
        key: String,
        problem: TemplateError.Problem
    ) throws {
        let text = "stages:\n  a:\n    cmd: \"\(command)\"\n"
        let error = try #require(throws: TemplateError.self) {
            try PipelineFile.resolving(text, ["params.yaml": Self.parameters])
        }
        #expect(error.subject == .key(key))
        #expect(error.problem == problem)
        #expect(error.line == 3)
        #expect(error.column == 10)
    }

    @Test func `only cmd takes mappings`() throws {
        let error = try #require(throws: TemplateError.self) {
            try PipelineFile.resolving("vars: [{d: {}}]\nstages: {a: {cmd: x, deps: ['a ${d}']}}")
        }
        #expect(error.subject == .key("stages.a.deps"))
        #expect(error.problem == .notInterpolable(type: "dict"))
    }

    @Test(arguments: ["deps: ['${n}']", "wdir: ${n}", "outs: ['${n}']", "params: ['${n}']"])
    func `a path must be text`(entry: String) throws {
        let text = "vars: [{n: 3}]\nstages:\n  a:\n    cmd: x\n    \(entry)\n"
        let error = try #require(throws: FormatError.self) { try PipelineFile.resolving(text) }
        #expect(error.problem.contains("the number 3"))
        #expect(error.line == 5)
    }
}
