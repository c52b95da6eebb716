import DVTestSupport
import Testing

/// Parameters that a stage names by a pattern.
@Suite struct ParameterPatternTests {
    @Test func `a pattern that matches one value stands for it`() throws {
        let keys = ["b.*", "l.*", "l.[0]", "a.[x]", "**.q", "a.b*", "c.**.q", "n.1*"]
        let locks = try [Tool.dvc, .dvswift].map { tool in
            let project = try Self.project(keys)
            try project.run(tool, "repro", "-q")
            for user in [Tool.dvc, .dvswift] { try project.expectNothingToReproduce(user) }
            try project.write(Self.parameters.replacing("q: 3", with: "q: 4"), to: "params.yaml")
            let status =
                #"{"s": [{"changed deps": {"params.yaml": {"**.q": "modified", "c.**.q": "modified"}}}]}"#
            #expect(try project.run(tool, "status", "--json") == status + "\n")
            return try project.text(of: "dvc.lock")
        }
        #expect(locks[0] == locks[1])
        #expect(locks[1].contains("'**.q': 3"))
    }

    @Test(arguments: ["a.*", "**", "a.?", "l.**"])
    func `a pattern that does not match one value ends the run before it starts`(key: String) throws
    {
        let project = try Self.project([key])
        let ours = try project.attempt(.dvswift, "repro")
        let theirs = try project.attempt(.dvc, "repro")
        #expect(ours.status == theirs.status)
        #expect(ours.errors.contains("'\(key)'"))
        #expect(try !project.exists("o"))
    }

    @Test(arguments: ["**.q", "a.**", "c.**.q"])
    func `differences of parameters are selected by the same patterns`(key: String) throws {
        let project = try Self.project([key])
        try project.commit("one")
        try project.write(Self.parameters.replacing("q: 3", with: "q: 4"), to: "params.yaml")
        let ours = try project.run(.dvswift, "params", "diff", "--deps", "--json")
        #expect(ours == (try project.run(.dvc, "params", "diff", "--deps", "--json")))
    }

    private static let parameters =
        "a: {x: 1, y: 2, bb: 5}\nb: {one: 7}\nc: {d: {q: 3}}\nl: [1]\nn: {12: a}\n"

    private static func project(_ keys: [String]) throws -> TemporaryProject {
        let project = try TemporaryProject(madeBy: .dvc)
        try project.write(parameters, to: "params.yaml")
        let list = keys.map { "'\($0)'" }.joined(separator: ", ")
        try project.write(
            "stages:\n  s: {cmd: echo > o, params: [\(list)], outs: [o]}\n",
            to: "dvc.yaml"
        )
        return project
    }
}
