import DVTestSupport
import Testing

/// Steps that several scenarios take.
extension TemporaryProject {
    /// A project with a default remote that is a folder beside it.
    static func sharing(madeBy maker: Tool) throws -> TemporaryProject {
        let project = try TemporaryProject(madeBy: maker)
        try project.run(maker, "remote", "add", "-q", "-d", "storage", project.remote.string)
        return project
    }

    func commit(_ message: String) throws {
        try run(.git, "add", "--all")
        try run(.git, "commit", "--quiet", "--message", message)
    }

    /// Takes over what was committed in another clone.
    func fetchCommits(of other: TemporaryProject) throws {
        try run(.git, "pull", "--quiet", "--ff-only", other.root.string, "main")
    }

    /// Fails the test unless `tool` finds nothing changed in the workspace, nor anything missing in the remote.
    func expectClean(_ tool: Tool) throws {
        #expect(try run(tool, "status", "--json") == "{}\n", "\(tool) in \(root)")
        #expect(try run(tool, "status", "-c", "--json") == "{}\n", "\(tool) in \(root)")
    }

    /// Fails the test unless `tool` finds no stage to run.
    func expectNothingToReproduce(_ tool: Tool) throws {
        let output = try run(tool, "repro")
        #expect(output.contains("Data and pipelines are up to date."), "\(tool): \(output)")
        #expect(!output.contains("Running stage"), "\(tool): \(output)")
    }
}
