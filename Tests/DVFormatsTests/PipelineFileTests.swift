import DVFormats
import Testing

@Suite struct PipelineFileTests {
    private func parse(_ text: String) throws -> PipelineFile {
        try PipelineFile(parsing: Array(text.utf8), file: "dvc.yaml")
    }

    private func text(_ file: PipelineFile) -> String {
        String(decoding: file.bytes, as: UTF8.self)
    }

    @Test func `stages are written with the bytes of dvc stage add`() throws {
        let file = try parse(DVCFixtures.pipeline)
        var copy = PipelineFile(file: "dvc.yaml")
        for stage in file.stages { copy = try copy.addingStage(stage) }
        #expect(text(copy) == DVCFixtures.pipeline)
    }

    @Test func `adding a stage that is there already changes nothing`() throws {
        let file = try parse(DVCFixtures.pipeline)
        for stage in file.stages { #expect(text(try file.addingStage(stage)) == text(file)) }
    }

    @Test func `every part of a stage is read`() throws {
        let stage = try #require(
            try parse(
                """
                stages:
                  train:
                    cmd: [a, b]
                    wdir: sub
                    deps: [x]
                    params: [lr, other.json: [k], all.toml: null, lr2]
                    outs: [o: {cache: false, persist: true, push: false, remote: r}]
                    metrics: [m]
                    plots: [p: {x: epoch, header: false, desc: d, type: t, labels: [l], meta: {k: 1}}]
                    frozen: true
                    always_changed: true
                    desc: d
                """
            ).stage(named: "train")
        )
        #expect(stage.command == .list(["a", "b"]))
        #expect(stage.workingDirectory == "sub")
        #expect(stage.dependencies == ["x"])
        #expect(
            stage.parameters == [
                ParameterSelection(keys: ["lr", "lr2"]),
                ParameterSelection(file: "other.json", keys: ["k"]),
                ParameterSelection(file: "all.toml", keys: []),
            ]
        )
        #expect(stage.outputs.map(\.path) == ["o", "m", "p"])
        let options = stage.outputs[0].options
        #expect(!options.isCached && options.isPersistent && !options.isPushed)
        #expect(options.remote == "r")
        let properties = DataValue.mapping([("x", .string("epoch")), ("header", .bool(false))])
        #expect(stage.outputs[2].kind == .plot(properties))
        #expect(stage.outputs[2].options.labels == ["l"])
        #expect(stage.isFrozen && stage.isAlwaysChanged)
    }

    static let commented = """
        # our pipeline
        stages:
            # first
            prepare:
                cmd: "python prepare.py"   # quick
                deps:
                    - 'b.py'  # why b

                    - data
                outs: [clean]

            # second
            train:
                cmd: |
                    python train.py
                    echo done
                outs:
                    - model

        # evaluation
        metrics:
            - m.json
        """

    @Test func `an output that is listed several times is one, with all that is said of it`() throws
    {
        let file = try parse(
            """
            stages:
              s:
                cmd: a
                outs: [o, {o: {persist: true, cache: true}}, {o: {cache: false}}, p]
                plots: [{f: {x: a, y: c}}, {f: {x: b}}, f]

            """
        )
        let outputs = try #require(file.stages.first).outputs
        #expect(outputs.map(\.path) == ["o", "p", "f"])
        #expect(outputs[0].options.isPersistent && !outputs[0].options.isCached)
        #expect(
            outputs[2].kind
                == .plot(.mapping([("y", .string("c")), ("x", .string("b"))]))
        )
    }

    @Test func `adding, freezing and removing leave all other bytes`() throws {
        let file = try parse(Self.commented)
        var stage = StageDefinition(name: "new", command: .single("echo"))
        stage.outputs = [OutputDefinition(path: "n")]
        let place = "            - model\n"
        let added = place + "    new:\n        cmd: echo\n        outs:\n            - n\n"
        #expect(
            text(try file.addingStage(stage))
                == Self.commented.replacing(place, with: added)
        )
        let frozen = "        outs: [clean]\n"
        #expect(
            text(try file.settingFrozen(true, of: "prepare"))
                == Self.commented.replacing(frozen, with: frozen + "        frozen: true\n")
        )
        let restored = try file.settingFrozen(true, of: "train").settingFrozen(false, of: "train")
        #expect(text(restored) == Self.commented)
        #expect(text(try file.addingStage(stage).removingStage(named: "new")) == Self.commented)
    }

    @Test func `a changed stage keeps comments and quoting`() throws {
        let file = try parse(Self.commented)
        var stage = try #require(file.stage(named: "prepare"))
        stage.dependencies = ["b.py", "c.py", "data"]
        let expected = Self.commented.replacing(
            "'b.py'  # why b\n",
            with: "'b.py'  # why b\n            - c.py\n"
        )
        #expect(text(try file.addingStage(stage)) == expected)
    }

    static let problems: [(String, Int, Int, String?, String)] = [
        ("stages:\n  a:\n    cmd: x\n    dep: [y]\n", 4, 5, "stages.a.dep", "did you mean 'deps'?"),
        ("stages:\n  a:\n    cmd: x\n    cmd: y\n", 4, 5, "stages.a.cmd", "duplicate key 'cmd'"),
        ("stages:\n  a:\n    deps: [y]\n", 3, 5, "stages.a", "no 'cmd'"),
        ("stages:\n  a:\n    cmd: x\n    deps: y\n", 4, 11, "stages.a.deps", "expected a list"),
        (
            "stages:\n  a:\n    cmd: x\n    deps:\n    - 3\n", 5, 7, "stages.a.deps.0",
            "the number 3"
        ),
        ("stages:\n  a:\n    cmd: x\n    frozen: yes\n", 4, 13, "stages.a.frozen", "true or false"),
        ("stages:\n  a:\n    cmd: x\n   deps: y\n", 4, 4, nil, "not valid YAML"),
        ("stages:\n  a:\n    foreach: [1]\n", 3, 5, "stages.a", "'do' is missing"),
        ("stages:\n  a:\n    do: {cmd: x}\n", 3, 5, "stages.a", "'foreach' is missing"),
        (
            "stages:\n  a:\n    foreach: [1]\n    do: {cmd: x, dep: []}\n", 4, 18,
            "stages.a.do.dep",
            "did you mean 'deps'?"
        ),
        (
            "stages:\n  a:\n    foreach: 3\n    do: {cmd: x}\n", 3, 14, "stages.a.foreach",
            "the number 3"
        ),
        ("stages: {a: {cmd: x, matrix: {b: 3}}}\n", 1, 34, "stages.a.matrix.b", "the number 3"),
        ("stages: {a: {cmd: x, frozen: '${f}'}}\n", 1, 30, "stages.a.frozen", "true or false"),
        ("vars: [3]\n", 1, 8, "vars.0", "the number 3"),
        ("stages:\n", 1, 8, "stages", "found nothing"),
        ("metrics:\n", 1, 9, "metrics", "found nothing"),
        ("datasets:\n", 1, 10, "datasets", "found nothing"),
        ("stages:\n<<<<<<< HEAD\n  a:\n    cmd: x\n", 3, 4, nil, "merge conflict"),
        (
            "stages:\n  ü: {cmd: é, outs: [{o: {cach: 1}}]}\n", 2, 27, "stages.ü.outs.0.o.cach",
            "'cache'"
        ),
        ("- a\n", 1, 1, nil, "expected a mapping with 'stages', found a list"),
        ("stages: *x\n", 1, 9, "stages", "undefined alias '*x'"),
        ("a: \u{1}\n", 1, 4, nil, "control characters"),
        ("params: []\n---\nparams: []\n", 2, 1, nil, "a second one"),
    ]

    @Test(arguments: problems)
    func `a problem has its place`(
        text: String,
        line: Int,
        column: Int,
        key: String?,
        problem: String
    ) throws {
        let error = try #require(throws: FormatError.self) { try parse(text) }
        error.expect(line: line, column: column, key: key, problem: problem)
    }

    @Test func `anchors and merged keys are understood`() throws {
        let file = try parse(
            "stages:\n  a: &a\n    cmd: x\n    deps: [d]\n  b:\n    <<: *a\n    cmd: y\n"
        )
        #expect(file.stage(named: "b")?.command == .single("y"))
        #expect(file.stage(named: "b")?.dependencies == ["d"])
    }

}
