import DVTestSupport
import Testing

/// Names of experiments where commands take revisions.
@Suite struct ExperimentRevisionTests {
    private let project: TemporaryProject

    /// A commit with the tag v1, an experiment on it, and a commit after it.
    init() throws {
        project = try TemporaryProject()
        try project.write("metrics: [m.json]\n", to: "dvc.yaml")
        for value in 1...2 {
            try project.write("{\"a\": \(value)}", to: "m.json")
            try project.commitAll("value \(value)")
            try project.run(.git, "tag", "v\(value)")
        }
        try add("try", value: 5, startingFrom: "v1")
    }

    private func add(_ name: String, value: Int, startingFrom start: String) throws {
        let base = try project.run(.git, "rev-parse", start).prefix { $0 != "\n" }
        try project.run(.git, "checkout", "--quiet", "--detach", start)
        try project.write("{\"a\": \(value)}", to: "m.json")
        try project.commitAll(name)
        let reference = "refs/exps/\(base.prefix(2))/\(base.dropFirst(2))/\(name)"
        try project.run(.git, "update-ref", reference, "HEAD")
        try project.run(.git, "checkout", "--quiet", "v2")
    }

    private func metrics(_ revisions: String...) throws -> ProgramResult {
        try project.attempt(.dvswift, ["metrics", "diff"] + revisions + ["--json"])
    }

    @Test func `an experiment is found by its name`() throws {
        let result = try metrics("try", "v2")
        #expect(result.output.contains(#"{"old": 5, "new": 2, "diff": -3}"#), "\(result)")
    }

    @Test func `of two with the same name, that of the current commit is meant`() throws {
        try add("try", value: 7, startingFrom: "v2")
        let result = try metrics("try", "v2")
        #expect(result.output.contains(#"{"old": 7, "new": 2, "diff": -5}"#), "\(result)")
    }

    @Test func `a name that two other commits have is ambiguous`() throws {
        try add("try", value: 7, startingFrom: "v2")
        try project.run(.git, "commit", "--quiet", "--allow-empty", "-m", "third")
        let result = try metrics("try", "v2")
        #expect(result.status == 255)
        #expect(result.errors.contains("ambiguous Git revision 'try'"), "\(result)")
    }

    @Test func `branches and tags come first`() throws {
        try project.run(.git, "tag", "try", "v1")
        #expect(try metrics("try", "v2").output.contains(#""old": 1"#))
    }

    @Test func `an experiment in the queue has a baseline too`() throws {
        let base = try project.run(.git, "rev-parse", "v1").prefix { $0 != "\n" }
        let message = "commit: dvc-exp:\(base):\(base):queued"
        let update = ["update-ref", "--create-reflog", "-m", message, "refs/exps/stash", "v2"]
        try project.run(.git, update)
        let plots = ["plots", "diff", "-e", "refs/exps/stash", "--targets", "m.json"]
        let result = try project.attempt(.dvswift, plots)
        #expect(result.errors.contains("In '\(base.prefix(7))'"), "\(result)")
    }
}
