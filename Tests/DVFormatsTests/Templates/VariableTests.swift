import DVFormats
import Testing

@Suite struct VariableTests {
    private static let files = [
        "params.yaml": "n: 1\nd: {a: 1}\n",
        "more.yaml": "m: 2\nd: {b: 2}\no: 3\n",
        "more.json": #"{"j": {"k": 4}}"#,
        "more.toml": "t = 5\n",
        "sub/local.yaml": "l: 6\n",
        "list.yaml": "[1]\n",
        "res.yaml": "item: 1\nother: 2\n",
    ]

    private static let commands: [(String, String, String)] = [
        ("[]", "x ${n}", "x 1"),
        ("[more.yaml]", "x ${m} ${d.a} ${d.b} ${d}", "x 2 1 2 --a 1 --b 2"),
        ("[more.json, more.toml]", "x ${j.k} ${t}", "x 4 5"),
        ("[params.yaml, params.yaml]", "x ${n}", "x 1"),
        ("['more.yaml:m,o']", "x ${m} ${o} ${d}", "x 2 3 --a 1"),
        ("['more.yaml:m', 'more.yaml:o']", "x ${m} ${o}", "x 2 3"),
        ("[{v: {w: 1}}, {v: {u: 2}}]", "x ${v}", "x --w 1 --u 2"),
    ]

    @Test(arguments: commands)
    func `vars are united with params.yaml`(
        variables: String,
        command: String,
        expected: String
    ) throws {
        let text = "vars: \(variables)\nstages: {a: {cmd: '\(command)'}}"
        let file = try PipelineFile.resolving(text, Self.files)
        #expect(file.stage(named: "a")?.command == .single(expected))
        let local = "stages: {a: {cmd: '\(command)', vars: \(variables)}}"
        let other = try PipelineFile.resolving(local, Self.files)
        #expect(other.stage(named: "a")?.command == .single(expected))
    }

    @Test func `variables of a stage are read from its folder and end with it`() throws {
        let file = try PipelineFile.resolving(
            """
            vars: [{f: sub}]
            stages:
              a: {cmd: "x ${l}", wdir: "${f}", vars: [local.yaml]}
              b: {cmd: "x ${l}", vars: [{l: 7}]}
            """,
            Self.files
        )
        #expect(file.stages.map(\.command) == [.single("x 6"), .single("x 7")])
        #expect(file.stages.map(\.origin) == [.resolved, .resolved])
    }

    private static let problems: [(String, TemplateError.Problem)] = [
        ("no.yaml", .fileMissing("no.yaml")),
        ("dir", .fileIsDirectory("dir")),
        ("list.yaml", .fileNotMapping("list.yaml", type: "list")),
        ("'more.yaml:zz'", .keyNotInFile("zz", file: "more.yaml")),
        ("{n: 2}", .redefined("n", source: "vars[0]", existing: "params.yaml")),
        ("{d: {a: 2}}", .redefined("d.a", source: "vars[0]", existing: "params.yaml")),
        ("{d: 2}", .redefined("d", source: "vars[0]", existing: "params.yaml")),
        ("'params.yaml:n'", .alreadyLoaded("params.yaml:n")),
        ("'more.yaml:m', more.yaml", .partlyLoaded("more.yaml")),
        ("'more.yaml:m', 'more.yaml:m'", .partlyLoaded("more.yaml:m")),
        ("{a: '${n}'}", .interpolatedVariables),
        ("'${n}.yaml'", .interpolatedVariables),
    ]

    @Test(arguments: problems)
    func `vars that cannot be united are told`(
        variables: String,
        problem: TemplateError.Problem
    ) throws {
        let text = "vars: [\(variables)]\nstages: {a: {cmd: x}}"
        let error = try #require(throws: TemplateError.self) {
            try PipelineFile.resolving(text, Self.files)
        }
        #expect(error.subject == .key("vars"))
        #expect(error.problem == problem)
        #expect(error.line == 1)
    }

    @Test func `what a stage uses of files is known`() throws {
        let file = try PipelineFile.resolving(
            """
            vars: [more.yaml, {v: 1}]
            stages:
              a: {cmd: "x ${n} ${d} ${d.b} ${v} ${n}", vars: [list: [1]]}
              g:
                foreach: ${d}
                do: {cmd: "x ${item} ${key}"}
            """,
            Self.files
        )
        func uses(_ name: String) -> [String] {
            file.stage(named: name)?.usedVariables.map {
                "\($0.file) \($0.key) \($0.value.keyText)"
            }
                ?? []
        }
        #expect(uses("a") == ["params.yaml n 1", "more.yaml d.b 2"])
        #expect(uses("g@b") == ["more.yaml d.b 2"])
    }

    @Test func `complaints about variables of a stage name it`() throws {
        func subject(_ variables: String) throws -> TemplateError.Subject {
            let text = "stages: {a: {cmd: x, vars: [\(variables)]}}"
            return try #require(throws: TemplateError.self) {
                try PipelineFile.resolving(text, Self.files)
            }
            .subject
        }
        #expect(try subject("no.yaml") == .stage("a"))
        #expect(try subject("{n: 2}") == .stage("a"))
        #expect(try subject("'params.yaml:n'") == .key("stages.a.vars"))
        #expect(try subject("{a: '${n}'}") == .key("stages.a.vars"))
    }
}
