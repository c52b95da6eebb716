import DVHashing
import DVProject
import DVSystem
import DVWorkspace
import DVTestSupport
import Testing

@Suite struct WorkspaceVerificationTests {
    @Test func `content that is not what the state store remembers is found`() throws {
        let project = try EngineProject()
        for name in ["a", "b"] { try project.write(name, to: "data/" + name) }
        sleepPastTick()
        try project.add("data")
        #expect(try verify(project).isIntact)

        // As if the disk had changed a file and not its times: another digest is remembered for the same status.
        let file = project.path("data/b")
        let state = StateStore(
            directory: project.path(".dvc/tmp/dvswift"),
            projectRoot: project.root
        )
        state.record(
            Digest(of: Array("what was written".utf8)),
            for: file,
            status: try FileStatus.following(file),
            clock: state.clock()
        )
        state.close()
        let report = try verify(project)
        #expect(!report.isIntact)
        #expect(report.silentlyChanged == ["data/b"])
        #expect(report.checked == 2)
    }

    private func verify(_ project: EngineProject) throws -> VerifyReport {
        var options = VerifyOptions()
        options.isCheckingWorkspace = true
        return try #require(try VerifyOperation(options).run(in: project.open()).first)
    }
}
