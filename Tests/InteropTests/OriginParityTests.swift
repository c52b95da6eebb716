import DVSystem
import DVTestSupport
import Testing

/// Unusual sources of `get`, `import` and their relatives, by both tools.
@Suite struct OriginParityTests {
    private let project: TemporaryProject

    /// Beside the project: one without Git, and one with data of DVC 2 that another one imported.
    init() throws {
        project = try TemporaryProject(madeBy: .dvc)
        try project.commit("init")
        try project.write("one", to: "../plain/data/a")
        try project.write("note", to: "../plain/note.txt")
        try project.run(.dvc, ["init", "-q", "--no-scm"], in: "../plain")
        try project.run(.dvc, ["add", "-q", "data"], in: "../plain")

        let old = try project.clone(named: "old")
        let output = "outs:\n- md5: dd8c6a395b5dd36c56d23275028f526c\n  size: 6\n  path: t\n"
        try old.write("a\r\nb\r\n", to: ".dvc/cache/dd/8c6a395b5dd36c56d23275028f526c")
        try old.write(output, to: "t.dvc")
        try old.commit("old")
        let middle = try project.clone(named: "middle")
        let head = try old.run(.git, "rev-parse", "HEAD")
        let origin = "- path: t\n  repo:\n    url: ../old\n    rev_lock: \(head)"
        try middle.write("frozen: true\ndeps:\n" + origin + output, to: "t.dvc")
        try middle.commit("middle")
    }

    @Test(arguments: [
        ["get", "../plain", "data", "--show-url"], ["get", "../plain", "data/a", "--show-url"],
        ["get", "../plain", "note.txt", "--show-url"], ["get", "../plain", "nope"],
        ["get", "../plain", "data", "--rev", "x"], ["import", "../plain", "data"],
        ["ls", "../plain", "-R", "--json"], ["get", "../old", "t", "--show-url"],
        ["get", "../old", "t", "--show-url", "--remote", "nope"],
        ["du", "../old", "--remote", "nope"], ["ls", "../old", "--remote", "nope"],
    ])
    func `the answer and the exit code are those of DVC`(arguments: [String]) throws {
        let ours = try project.attempt(.dvswift, arguments)
        let theirs = try project.attempt(.dvc, arguments)
        #expect(ours.status == theirs.status, "\(ours)\n\(theirs)")
        #expect(ours.output == theirs.output)
    }

    @Test func `copies and pointers are those of DVC`() throws {
        for (tool, name) in [(Tool.dvswift, "ours"), (.dvc, "theirs")] {
            let clone = try project.clone(named: name)
            try clone.run(tool, "get", "-q", "../plain", "data")
            try clone.run(tool, "get", "-q", "../plain", "note.txt", "-o", "note")
            try clone.run(tool, "import", "-q", "../middle", "t")
            try clone.run(tool, "import", "-q", "../old", "t", "-o", "direct")
            try clone.run(tool, "import-url", "-q", "../plain/note.txt", "--no-download")
        }
        let ours = try TreeSnapshot(of: project.path("../ours"))
        let theirs = try TreeSnapshot(of: project.path("../theirs"))
        #expect(ours.difference(from: theirs) == nil)
        for pointer in ["t.dvc", "direct.dvc", "note.txt.dvc"] {
            #expect(
                try project.text(of: "../ours/" + pointer)
                    == project.text(of: "../theirs/" + pointer)
            )
        }
    }
}
