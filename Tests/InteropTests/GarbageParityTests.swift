import DVTestSupport
import Testing

/// `gc` leaves what real DVC leaves.
@Suite struct GarbageParityTests {
    private static func project() throws -> TemporaryProject {
        let project = try TemporaryProject(madeBy: .dvc)
        for number in 1...4 {
            try project.write("file \(number)\n", to: "file")
            try project.write("member \(number)\n", to: "data/member")
            try project.run(.dvc, "add", "-q", "file", "data")
            try project.run(.git, "add", "--all")
            try project.attempt(
                .git,
                ["commit", "--quiet", "--message", "commit \(number)"],
                adding: ["GIT_COMMITTER_DATE": "2021-01-0\(number)T12:00:00Z"]
            )
            .checkingSuccess()
        }
        try project.run(.git, "tag", "old", "HEAD~2")
        try project.run(.git, "branch", "side", "HEAD~1")
        return project
    }

    @Test func `every scope leaves the same objects in the cache`() throws {
        let template = try Self.project()
        for scope in [
            ["-w"], ["-a"], ["-T"], ["-A"], ["--rev", "HEAD~3"], ["-a", "-n", "2"],
            ["--date", "2021-01-03"], ["--rev", "HEAD~1", "-n", "2"],
        ] {
            let (ours, theirs) = (try template.copy(), try template.copy())
            try ours.run(.dvswift, ["gc", "-q", "-f"] + scope)
            try theirs.run(.dvc, ["gc", "-q", "-f"] + scope)
            let cache = ".dvc/cache/files/md5"
            let found = try TreeSnapshot(of: ours.path(cache)).paths
            #expect(try found == TreeSnapshot(of: theirs.path(cache)).paths, "\(scope)")
        }
    }

    @Test(
        arguments: [
            ["gc"], ["gc", "-w", "-n", "2", "-f"], ["gc", "-w", "-r", "x", "-f"],
            ["gc", "--rev", "nope", "-f"], ["gc", "-w", "-c", "--not-in-remote", "-f"],
            ["gc", "-w"], ["gc", "-w", "-c", "-f"], ["gc", "-w", "-c", "-r", "nope", "-f"],
            ["gc", "-w", "-p", "../missing", "-f"], ["gc", "-w", "-p", "missing", "-f"],
            ["gc", "--date", "yesterday", "-f"],
        ]
    )
    func `refusals have DVC's exit codes`(arguments: [String]) throws {
        let project = try TemporaryProject(madeBy: .dvc)
        let theirs = try project.attempt(.dvc, arguments)
        #expect(try project.attempt(.dvswift, arguments).status == theirs.status)
    }
}
