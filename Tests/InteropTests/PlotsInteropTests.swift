import DVFormats
import DVSystem
import DVTestSupport
import Testing

/// Definitions of plots in all their forms, and data as DVC finds it: the same JSON from both tools.
@Suite struct PlotsInteropTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject(madeBy: .dvc)
        for (name, text) in Self.files { try project.write(text, to: name) }
        try project.write([0x89, 0x50, 0x4E, 0x47], to: "charts/deep/1.png")
        try project.run(.git, "add", "--all")
        try project.run(.git, "commit", "--quiet", "--message", "first")
        try project.write("epoch,loss,acc\n0,3,1\n1,1,2\n", to: "logs/a.csv")
        try project.remove("values.yaml")
    }

    private static let files = [
        "logs/a.csv": "epoch,loss,acc\n0,2.5,1\n1,\"1\",2\n",
        "logs/b.tsv": "epoch\tloss\n0\t7\n1\t6\n",
        "bare.csv": "1,2\n3,4\n", "titled.csv": "a\n1\n",
        "nested.json":
            #"{"train": {"h": [{"s": 1, "l": 0.5}, {"s": 2, "l": 1e-7}]}, "v": [{"v": null}, {"v": true}]}"#,
        "sparse.json": #"[{"s": 1, "l": 2}, {"s": 2}, {"s": 3, "l": 5}]"#,
        "values.yaml": "- {s: 1, v: 2.5}\n- {s: 2, v: x}\n",
        "dots.csv": "f.x,g[0]\n1,2\n2,3\n",
        "charts/c.csv": "k\n1\n2\n",
        "charts/deep/d.csv": "k\n1\n2\n",
        ".dvc/plots/mine.json":
            #"{"data": {"values": "<DVC_METRIC_DATA>"}, "mark": "bar", "title": "T: <DVC_METRIC_TITLE>"}"#,
        "logs/dvc.yaml": "plots: [a.csv, two: {y: {a.csv: [loss, acc]}}]\n",
        "dvc.yaml": """
        vars: [{words: hello}]
        stages:
          s:
            cmd: "true"
            plots:
            - bare.csv: {cache: false, header: false, x: '0', y: '1'}
          t:
            cmd: "true"
            plots:
            - titled.csv: {cache: false, title: "${words}"}
        plots:
        - nested.json:
        - sparse.json
        - scarce: {y: {sparse.json: [s, l]}}
        - logs/a.csv: {x: epoch, y: loss, y_label: L}
        - two: {x: epoch, y: {logs/a.csv: loss, logs/b.tsv: [loss]}, title: Two}
        - both: {x: epoch, y: {logs/a.csv: [loss, acc]}, template: scatter}
        - three: {y: {logs/a.csv: [loss, acc], logs/b.tsv: loss}, template: simple}
        - axes: {x: {logs/a.csv: epoch, logs/b.tsv: loss}, y: {logs/a.csv: loss, logs/b.tsv: epoch}}
        - joined: {x: {nested.json: s}, y: {values.yaml: v}, template: confusion}
        - lengths: {x: {bare.csv: '1'}, y: {charts/c.csv: k}}
        - values.yaml: {y: [s, v], template: bar_horizontal}
        - dots.csv: {x: f.x, y: "g[0]", template: smooth}
        - charts
        - charts/deep: {template: mine}
        - missing.csv: {template: confusion_normalized}
        - wrong: {y: {logs/a.csv: nope}}

        """,
    ]

    private static let calls: [[String]] = [
        ["show", "--json"],
        ["diff", "--json", "--split", "-o", "out"],
        ["diff", "HEAD", "--json", "--targets", "two", "charts", "-t", "simple", "--x-label", "X"],
        ["show", "--show-vega", "nested.json", "-x", "s", "-y", "l", "--title", "T"],
    ]

    @Test(arguments: calls)
    func `the same specifications and errors`(arguments: [String]) throws {
        let theirs = try project.attempt(.dvc, ["plots"] + arguments)
        let ours = try project.attempt(.dvswift, ["plots"] + arguments)
        #expect(ours.status == theirs.status, "\(ours)")
        let (answer, reference) = (
            try DataValue.json(ours.output), try DataValue.json(theirs.output)
        )
        Self.compare(answer, reference)
    }

    @Test func `below the root, names start from there`() throws {
        // DVC forgets `header` below the root.
        let text = try project.text(of: "dvc.yaml")
        try project.write(text.replacing("header: false, ", with: ""), to: "dvc.yaml")
        let theirs = try project.run(.dvc, ["plots", "show", "--json"], in: "logs")
        let ours = try project.run(.dvswift, ["plots", "show", "--json"], in: "logs")
        let (answer, reference) = (try DataValue.json(ours), try DataValue.json(theirs))
        Self.compare(answer, reference)
    }

    @Test(arguments: ["stages: [", "stages: 3\n"])
    func `a file that is no pipeline has the same kind of error`(text: String) throws {
        let copy = try project.copy()
        try copy.write(text, to: "dvc.yaml")
        for command in [["plots", "show", "--json"], ["metrics", "show", "--json"]] {
            let kinds = try [Tool.dvc, .dvswift].map { tool in
                try copy.attempt(tool, command).output.split(separator: "\"").filter {
                    $0.hasPrefix("YAML")
                }
            }
            #expect(kinds[0].first == kinds[1].first)
            #expect(kinds[0].first != nil)
        }
    }

    /// Errors first, then plot by plot: the whole is too long to read.
    private static func compare(_ answer: DataValue, _ reference: DataValue) {
        let errors = [answer, reference].map { $0.value(atDottedKey: "errors")?.yaml() }
        #expect(errors[0] == errors[1])
        func plots(_ value: DataValue) -> [(key: String, value: DataValue)] {
            value.value(atDottedKey: "data")?.topValues ?? value.topValues
        }
        #expect(Set(plots(answer).map(\.key)) == Set(plots(reference).map(\.key)))
        for (name, theirs) in plots(reference) {
            let ours = plots(answer).first { $0.key == name }?.value
            #expect(ours == theirs, "\(name)")
        }
    }

    /// A commit that a branch left, as `dvc exp run` leaves it.
    @Test(arguments: ["-e try", "try", "-e v1", "-e try v1", "-e", "-e nope"])
    func `experiments are revisions, with the commit they started from`(arguments: String) throws {
        let project = try project.copy()
        let base = try project.run(.git, "rev-parse", "HEAD").prefix { $0 != "\n" }
        try project.run(.git, "tag", "v1")
        try project.run(.git, "checkout", "--quiet", "--detach")
        try project.write("epoch,loss,acc\n0,9,9\n", to: "logs/a.csv")
        try project.run(.git, "add", "--all")
        try project.run(.git, "commit", "--quiet", "--message", "experiment")
        try project.run(
            .git,
            "update-ref",
            "refs/exps/\(base.prefix(2))/\(base.dropFirst(2))/try",
            "HEAD"
        )
        try project.run(.git, "checkout", "--quiet", "v1")
        let command =
            ["plots", "diff"] + arguments.split(separator: " ").map(String.init)
            + ["--json", "--targets", "two"]
        let outcomes = try [Tool.dvswift, .dvc].map { try project.attempt($0, command) }
        #expect(outcomes[0].status == outcomes[1].status, "\(outcomes)")
        guard outcomes[1].status == 0 else { return }
        let answers = try outcomes.map { try DataValue.json($0.output) }
        Self.compare(answers[0], answers[1])
    }

    @Test func `the same templates`() throws {
        let python = AbsolutePath(try Tool.dvc.program, relativeTo: project.root)
            .parent.appending("python")
        let script = """
            import json
            from dvc_render.vega_templates import TEMPLATES
            for template in TEMPLATES:
                print(json.dumps([template.DEFAULT_NAME, template.DEFAULT_CONTENT]))
            """
        let lines = try project.attempt([python.string, "-c", script]).checkingSuccess().output
        let templates = try lines.split(separator: "\n").map { try DataValue.json(String($0)) }
        let known = PlotTemplate.builtIn.map { DataValue.list([.string($0.name), $0.content]) }
        #expect(known == templates)
        let names = try project.run(.dvswift, "plots", "templates")
        #expect(names == PlotTemplate.builtIn.map { $0.name + "\n" }.joined())
    }

    @Test func `modify leaves stages that mean the same`() throws {
        let copy = try project.copy()
        for options in [
            ["-t", "smooth", "--title", "A b"], ["-y", "1", "--unset", "x", "header"],
        ] {
            let arguments = ["plots", "modify", "bare.csv"] + options
            let theirs = try copy.attempt(.dvc, arguments)
            let ours = try project.attempt(.dvswift, arguments)
            #expect(ours.status == theirs.status)
            let texts = try [project, copy].map { try $0.text(of: "dvc.yaml") }
            let values = try texts.map {
                try DataValue.parseYAML(Array($0.utf8), file: "dvc.yaml").value(
                    atDottedKey: "stages"
                )
            }
            #expect(values[0] == values[1], "\(texts)")
        }
    }
}
