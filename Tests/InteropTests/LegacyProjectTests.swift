import DVSystem
import DVTestSupport
import Testing

/// Projects of DVC 2: both tools read them alike, and bring them into the layout of DVC 3 alike.
@Suite struct LegacyProjectTests {
    /// Files and a folder with line ends of both kinds, and a stage; all of it unchanged in the workspace.
    private static func project(madeBy maker: Tool = .dvc) throws -> TemporaryProject {
        let project = try TemporaryProject(madeBy: maker)
        try project.run(maker, "remote", "add", "-q", "-d", "storage", "../remote")
        try project.trackAsDVC2("a,b\n1,2\n", at: "unix.csv")
        try project.trackAsDVC2("a,b\r\n1,2\r\n3,4\r\n", at: "windows.csv")
        try project.trackAsDVC2(
            folder: "data",
            ["a.txt": "x\r\ny\r\n", "c.bin": "\0\u{1}\r\n", "sub/b.txt": "same\n"]
        )
        try project.trackAsDVC2(folder: "plain", ["a.txt": "1\n", "b.txt": "2\n"])
        let output = try project.trackAsDVC2("out\r\n", at: "out.txt")
        try project.remove("out.txt.dvc")
        let input = try project.trackAsDVC2("in\r\n", at: "in.txt")
        try project.write(
            "stages:\n  copy:\n    cmd: cp in.txt out.txt\n    deps:\n    - in.txt\n    outs:\n    - out.txt\n",
            to: "dvc.yaml"
        )
        try project.write(
            """
            schema: '2.0'
            stages:
              copy:
                cmd: cp in.txt out.txt
                deps:
                - path: in.txt
                  md5: \(input)
                  size: 4
                outs:
                - path: out.txt
                  md5: \(output)
                  size: 5

            """,
            to: "dvc.lock"
        )
        try project.commit("as DVC 2 left it")
        return project
    }

    /// The files of the cache but for the run cache.
    private static func objects(_ project: TemporaryProject) throws -> [String] {
        try TreeSnapshot(of: project.path(".dvc/cache"), excluding: ["runs"]).paths
            .filter { $0.utf8.count > 32 }
    }

    private static func pointers(_ project: TemporaryProject) throws -> String {
        try project.run(.git, "diff")
    }

    @Test func `both tools migrate to the same pointers and objects, with the same words`() throws {
        let (ours, theirs) = (try Self.project(), try Self.project())
        let before = try TreeSnapshot(of: ours.path(".dvc/cache"))
        for arguments in [["--dry"], ["--dry", "--dvc-files"], ["--dvc-files"], ["--dvc-files"]] {
            let results = try [(ours, Tool.dvswift), (theirs, .dvc)].map { project, tool in
                let result = try project.attempt(tool, ["cache", "migrate"] + arguments)
                // DVC's order of files is that of a set.
                let lines = result.output.split(separator: "\n").filter {
                    !$0.contains("git") && !$0.contains("autostag")
                }
                return (result.status, lines.sorted())
            }
            #expect(results[0] == results[1], "\(arguments)")
        }
        #expect(try Self.pointers(ours) == Self.pointers(theirs))
        let needed = try ours.run(.dvc, "status") + theirs.run(.dvswift, "status")
        #expect(needed == String(repeating: "Data and pipelines are up to date.\n", count: 2))
        for path in before.paths { #expect(try ours.path(".dvc/cache/" + path).exists()) }
        for (project, tool) in [(ours, Tool.dvc), (theirs, .dvswift)] {
            try project.run(tool, "gc", "-w", "-f", "-q")
        }
        // Nothing but what is needed, which is what both made.
        #expect(try Self.objects(ours) == Self.objects(theirs))
        for name in ["data", "plain", "unix.csv", "windows.csv", "out.txt"] {
            try ours.remove(name)
        }
        try ours.run(.dvc, "checkout", "-q")
        #expect(try ours.tree().difference(from: theirs.tree()) == nil)
    }

    /// Commands that a user of an old project runs, each told with its exit code and lines.
    private static let days: [[String]] = [
        ["status"], ["data", "status"], ["diff"], ["ls", "-R", ".", "--dvc-only"],
        ["add", "-q", "plain", "unix.csv"], ["commit", "-q"], ["status", "-c"], ["push"],
        ["status", "-c"], ["gc", "-w", "-f", "-q"], ["gc", "-w", "-c", "-f", "-q"],
        ["rm"], ["status"], ["data", "status"], ["fetch", "data"], ["fetch"],
        ["checkout"], ["status"], ["change"], ["status"], ["data", "status", "--granular"],
        ["diff"], ["checkout", "-f"], ["change"], ["add", "-q", "data"], ["repro"], ["push"],
        ["status"],
    ]

    @Test func `every command does the same to old data`() throws {
        let template = try Self.project()
        let clones = [Tool.dvswift: try template.copy(), .dvc: try template.copy()]
        for arguments in Self.days {
            let answers = try clones.mapValues { project in
                let tool = project === clones[.dvc] ? Tool.dvc : .dvswift
                return try Self.answer(of: tool, arguments, in: project)
            }
            #expect(answers[.dvswift] == answers[.dvc], "\(arguments)")
        }
        guard let ours = clones[.dvswift], let theirs = clones[.dvc] else { return }
        #expect(try Self.pointers(ours) == Self.pointers(theirs))
        let (mine, others) = (Set(try Self.objects(ours)), Set(try Self.objects(theirs)))
        #expect(mine.subtracting(others) == Set())
        // DVC stores the listing of a changed folder that it only looks at.
        #expect(others.subtracting(mine).filter { !$0.hasSuffix(".dir") } == [])
        #expect(
            try TreeSnapshot(of: ours.remote).difference(from: TreeSnapshot(of: theirs.remote))
                == nil
        )
    }

    /// Lines in no order, as DVC has none; without hints.
    private static func answer(
        of tool: Tool,
        _ arguments: [String],
        in project: TemporaryProject
    ) throws -> [String] {
        switch arguments.first {
        case "rm":
            for name in [".dvc/cache", "data", "windows.csv"] { try project.remove(name) }
            return []
        case "change":
            try project.write("more\r\n", to: "data/sub/b.txt")
            try project.write("new\r\n", to: "data/new")
            return []
        default:
            let result = try project.attempt(tool, arguments)
            let lines = result.output.replacing("dvswift", with: "dvc").split(separator: "\n")
            return lines.map(String.init).sorted() + ["\(result.status)"]
        }
    }
}
