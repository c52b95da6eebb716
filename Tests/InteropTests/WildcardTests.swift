import DVTestSupport
import Testing

/// Dependencies on files by pattern, which neither tool has, and the way to get them in both.
@Suite(.timeLimit(.minutes(3))) struct WildcardTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject(madeBy: .dvswift)
        for name in ["a.csv", "b.csv", "c.tmp"] { try project.write(name, to: "data/" + name) }
    }

    @Test func `a stage that writes down what matches is a dependency on a pattern in both tools`()
        throws
    {
        try project.write(
            """
            stages:
              files:
                cmd: md5sum data/*.csv > files.md5
                always_changed: true
                outs: [files.md5: {cache: false}]
              join:
                cmd: cat data/*.csv > joined
                deps: [files.md5]
                outs: [joined]
            """,
            to: "dvc.yaml"
        )
        for (writer, reader) in [(Tool.dvswift, Tool.dvc), (.dvc, .dvswift)] {
            try project.run(writer, "repro", "-q")
            try project.write("no pattern", to: "data/c.tmp")
            let unchanged = try project.run(reader, "repro")
            #expect(unchanged.contains("Stage 'join' didn't change, skipping"), "\(reader)")
            try project.write("other for \(reader)", to: "data/b.csv")
            let changed = try project.run(reader, "repro")
            #expect(changed.contains("Running stage 'join'"), "\(reader)")
            #expect(try project.text(of: "joined").contains("other for \(reader)"))
        }
    }

    @Test func `a pattern is the name of one file, and dvswift says so`() throws {
        let added = try project.attempt(
            .dvswift,
            ["stage", "add", "-n", "join", "-d", "data/*.csv", "-o", "joined", "cat x > joined"]
        )
        #expect(added.reason.isSuccess)
        #expect(added.errors.contains("WARNING: 'data/*.csv' is the name of one file"))
        let ours = try project.attempt(.dvswift, "repro")
        let theirs = try project.attempt(.dvc, "repro")
        #expect(ours.reason == theirs.reason)
        #expect(theirs.errors.contains("data/*.csv"), "\(theirs)")
        #expect(ours.errors.contains("dependency 'data/*.csv' does not exist"), "\(ours)")
        #expect(ours.errors.contains("hint: 'data/*.csv' is the name of one file"))
        try project.write("x", to: "data/*.csv")
        try project.write("x", to: "x")
        #expect(try project.run(.dvswift, "repro").contains("Running stage 'join'"))
        #expect(try project.run(.dvc, "repro").contains("Data and pipelines are up to date."))
    }

    @Test func `a missing dependency without wildcards gets no hint about them`() throws {
        let added = try project.attempt(
            .dvswift,
            ["stage", "add", "-n", "join", "-d", "data/x.csv", "-o", "joined", "cat x > joined"]
        )
        #expect(!added.errors.contains("WARNING"))
        #expect(try !project.attempt(.dvswift, "repro").errors.contains("hint:"))
    }
}
