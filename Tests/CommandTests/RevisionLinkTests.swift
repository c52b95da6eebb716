import DVTestSupport
import Testing

/// Links that Git has are followed at a revision as in the workspace.
@Suite struct RevisionLinkTests {
    private let project: TemporaryProject

    /// Figures behind links of all kinds; committed, then changed in the workspace.
    init() throws {
        project = try TemporaryProject()
        let links = [
            "near.json": "real/m.json", "folder": "real", "real/up.json": "../top.json",
            "twice.json": "near.json", "data.json": "tracked/m.json",
            "outside.json": "/etc/hostname",
            "climbing.json": "../../m.json", "circle.json": "other.json",
            "other.json": "circle.json",
            "params.yaml": "real/p.yaml",
        ]
        for name in ["real/m.json", "top.json", "tracked/m.json"] {
            try project.write("{\"a\": 1}", to: name)
        }
        try project.write("[{\"a\": 1}]", to: "real/points.json")
        try project.write("p: 1\n", to: "real/p.yaml")
        for (name, target) in links {
            try project.attempt(["ln", "-s", target, name]).checkingSuccess()
        }
        try project.run(.dvswift, "add", "-q", "tracked")
        try project.commitAll("first")
        for name in ["real", "top.json", "tracked"] { try project.remove(name) }
    }

    @Test(arguments: [
        "near.json", "folder/m.json", "real/up.json", "twice.json", "data.json", "folder/up.json",
    ])
    func `metrics`(file: String) throws {
        let arguments = ["metrics", "diff", "HEAD", "HEAD", "--all", "--json", "--targets", file]
        let answer = try project.run(.dvswift, arguments)
        #expect(answer.contains(#""a": {"old": 1, "new": 1"#), "\(answer)")
    }

    @Test(arguments: ["outside.json", "climbing.json", "circle.json"])
    func `what leads out of the repository or in a circle is missing`(file: String) throws {
        let arguments = ["metrics", "diff", "HEAD", "HEAD", "--targets", file]
        let result = try project.attempt(.dvswift, arguments)
        #expect(result.status == 0 && result.output.isEmpty)
        #expect(result.errors.contains("No such file or directory: '\(file)'"), "\(result)")
    }

    @Test func `folders, parameters and plots`() throws {
        let folder = ["metrics", "diff", "HEAD", "HEAD", "--all", "--targets", "folder"]
        #expect(try project.run(.dvswift, folder).contains("folder/m.json"))
        let parameters = ["params", "diff", "HEAD", "HEAD", "--all", "--json"]
        #expect(try project.run(.dvswift, parameters).contains(#""p": {"old": 1, "new": 1"#))
        let plots = ["plots", "diff", "HEAD", "--json", "--targets", "folder/points.json"]
        #expect(try project.run(.dvswift, plots).contains(#"{"a": 1, "step": 0, "rev": "HEAD"}"#))
    }
}
