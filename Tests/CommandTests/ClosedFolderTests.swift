import DVSystem
import DVTestSupport
import Testing

/// A folder of someone else in the workspace keeps nobody from working.
@Suite struct ClosedFolderTests {
    /// Runs as a user who may not read `closed`; the tests may run as root, who may read everything.
    private static func attempt(
        _ arguments: [String],
        in project: TemporaryProject
    ) throws -> ProgramResult {
        let isRoot = try project.attempt(["id", "-u"]).output == "0\n"
        if isRoot { try project.attempt(["chmod", "-R", "a+rwX", ".."]).checkingSuccess() }
        try project.path("closed").setPermissions(0o111)
        defer { _ = try? project.attempt(["chmod", "a+rwx", "closed"]) }
        let user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        let command = [try Tool.dvswift.program, "--cd", project.root.string] + arguments
        return try project.attempt((isRoot ? user : []) + command)
    }

    private static func project() throws -> TemporaryProject {
        let project = try TemporaryProject(git: false)
        try project.write("a", to: "a")
        try project.write("b", to: "closed/b")
        try project.run(.dvswift, "add", "a", "closed/b", "--quiet")
        return project
    }

    @Test(arguments: [["status"], ["checkout"], ["add", "a"], ["stage", "list", "--all"]])
    func `it is passed by with a warning`(arguments: [String]) throws {
        let result = try Self.attempt(arguments, in: try Self.project())
        #expect(result.status == 0, "\(result)")
        #expect(result.errors.contains("WARNING: 'closed' is passed by"), "\(result)")
    }

    @Test func `what its hidden pointers track stays where it is`() throws {
        let project = try Self.project()
        let result = try Self.attempt(["checkout"], in: project)
        #expect(result.status == 0, "\(result)")
        #expect(try project.text(of: "closed/b") == "b")
    }

    @Test func `a garbage collection refuses to guess what it needs`() throws {
        let project = try Self.project()
        let result = try Self.attempt(["gc", "--workspace", "--force"], in: project)
        #expect(result.status != 0)
        #expect(result.errors.contains("closed': Permission denied"), "\(result)")
        try project.remove("closed/b")
        try project.run(.dvswift, "checkout", "--quiet")
        #expect(try project.text(of: "closed/b") == "b")
    }
}
