import DVTestSupport
import Testing

/// What `repro` and `status` tell beyond DVC.
@Suite struct ReproEventsTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject(madeBy: .dvswift)
        try project.write("rate: 1\n", to: "params.yaml")
        try project.write(
            """
            stages:
              train:
                cmd: echo 'half "way"' && grep rate params.yaml > model
                params: [rate]
                outs: [model]
              report:
                cmd: cp model report
                deps: [model]
                outs: [report]
            """,
            to: "dvc.yaml"
        )
    }

    @Test func `events are JSON lines from the first start to the summary`() throws {
        let lines = try project.run(.dvswift, "repro", "--json").split(separator: "\n")
        let events = lines.map { $0.split(separator: "\"")[3] }
        #expect(
            events == [
                "start", "why", "command", "output", "end", "start", "why", "command", "end",
                "summary",
            ]
        )
        #expect(
            lines[3]
                == #"{"event": "output", "stage": "train", "stream": "stdout", "line": "half \"way\""}"#
        )
        #expect(lines.last?.hasPrefix(#"{"event": "summary", "run": 2, "cached": 0,"#) == true)
        let log = try project.text(of: ".dvc/tmp/logs/train.log")
        #expect(log.hasSuffix("half \"way\"\n"))
    }

    @Test func `a failure is in the events, with what it keeps from running`() throws {
        try project.write("other: 1\n", to: "params.yaml")
        let result = try project.attempt(.dvswift, "repro", "--json", "-k")
        #expect(result.reason == .exited(255))
        let lines = result.output.split(separator: "\n")
        #expect(lines.contains { $0.contains(#""outcome": "failed""#) && $0.contains("'rate'") })
        #expect(
            lines.contains(
                #"{"event": "end", "stage": "report", "outcome": "skipped", "because": "train"}"#
            )
        )
    }

    @Test func `status explains values, and how a change reaches stages further down`() throws {
        try project.run(.dvswift, "repro", "-q")
        #expect(
            try project.run(.dvswift, "status", "--why") == "Data and pipelines are up to date.\n"
        )
        try project.write("rate: 2.5\n", to: "params.yaml")
        #expect(
            try project.run(.dvswift, "status", "--why") == """
                Stage 'train' is not up to date:
                    parameter 'params.yaml:rate' modified: 1 -> 2.5
                Stage 'report' is not up to date:
                    dependency 'model' is written by stage 'train', which is not up to date

                """
        )
        #expect(
            try project.run(.dvswift, "status", "--why", "--json", "train")
                == #"[{"stage": "train", "reasons": [{"kind": "parameter", "path": "params.yaml", "#
                + #""key": "rate", "change": "modified", "old": 1, "new": 2.5}]}]"# + "\n"
        )
    }

    @Test func `of several stages that write into a directory, the one that changed is named`()
        throws
    {
        try project.write(
            """
            stages:
              one: {cmd: touch parts/1, outs: [parts/1]}
              two: {cmd: "grep rate params.yaml > parts/2", params: [rate], outs: [parts/2]}
              three: {cmd: touch parts/3, outs: [parts/3]}
              all: {cmd: cat parts/* > all, deps: [parts], outs: [all]}
              settings: {cmd: cp params.yaml own.yaml, deps: [params.yaml], outs: [own.yaml]}
              reader: {cmd: touch read, params: [own.yaml: [rate]], outs: [read]}
            """,
            to: "dvc.yaml"
        )
        try project.write("", to: "parts/.keep")
        try project.run(.dvswift, "repro", "-q")
        try project.write("rate: 2\n", to: "params.yaml")
        let why = try project.run(.dvswift, "status", "--why")
        #expect(
            why.contains(
                """
                Stage 'all' is not up to date:
                    dependency 'parts' is written by stage 'two', which is not up to date
                """
            )
        )
        #expect(why.contains("'own.yaml' is written by stage 'settings', which is not up to date"))
        let picture = try project.run(.dvswift, "dag", "--svg")
        #expect(picture.contains("<title>all: will run because of a stage above"))
        #expect(try project.run(.dvswift, "repro", "--why").contains(", written by stage 'two'\n"))
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["1", "2"])
    func `a stage that runs itself is an error, not a wait without end`(jobs: String) throws {
        let text = """
            stages:
              self: {cmd: '"$TOOL" repro self && touch out', outs: [out]}
              other: {cmd: touch other, outs: [other]}
            """
        let tool = try Tool.dvswift.program
        try project.write(text.replacing("$TOOL", with: tool), to: "dvc.yaml")
        let result = try project.attempt(.dvswift, "repro", "-k", "-j", jobs)
        #expect(result.status == 255)
        #expect(result.errors.contains("failed to reproduce 'self'"), "\(result)")
        #expect(try project.exists("other"))
    }

    @Test func `quiet hides commands of parallel stages, never what they write`() throws {
        try project.write("stages: {a: {cmd: echo one}, b: {cmd: echo two}}\n", to: "dvc.yaml")
        let result = try project.attempt(.dvswift, "repro", "-q", "-j", "2").checkingSuccess()
        let lines = result.output.split(separator: "\n").sorted()
        #expect(lines == ["[a] one", "[b] two"])
    }

    @Test func `pull without a remote warns in words, and stages run`() throws {
        let result = try project.attempt(.dvswift, "repro", "--pull").checkingSuccess()
        #expect(result.errors.contains("Failed to pull run cache: config file error: no remote"))
        #expect(try project.exists("report"))
    }

    @Test func `the summary lists what ran, what came from the cache and what failed`() throws {
        let output = try project.run(.dvswift, "repro", "--summary")
        #expect(output.contains("\ntrain   run      "))
        #expect(output.contains("Stages: 2 run.\n"))
        try project.remove("report")
        let again = try project.run(.dvswift, "repro", "--summary")
        #expect(again.contains("\nreport  cached"))
        #expect(again.contains("Stages: 1 cached, 1 unchanged.\n"))
    }
}
