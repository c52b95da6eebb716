import DVTestSupport
import Testing

/// `dataset add` and `dataset update`.
@Suite struct DatasetCommandTests {
    @Test func `repositories are added and updated as in DVC`() throws {
        let results = try [Tool.dvc, .dvswift].map { tool in
            let project = try Self.project()
            var answers: [String] = []
            for arguments in Self.commands {
                let result = try project.attempt(tool, ["dataset"] + arguments)
                answers.append("\(arguments.joined(separator: " ")): \(result.status)")
                if result.status == 0 { answers.append(result.output) }
                answers.append(result.errors.contains("already exists") ? "exists" : "")
                answers.append(result.errors.contains("dataset not found") ? "unknown" : "")
            }
            return try answers + ["dvc.yaml", "dvc.lock"].map { try project.text(of: $0) }
        }
        #expect(results[0].count == results[1].count)
        for (theirs, ours) in zip(results[0], results[1]) { #expect(ours == theirs) }
    }

    private static let commands = [
        ["add", "one", "--dvc", "../src"], ["add", "one", "--dvc", "../src"],
        ["add", "-f", "one", "--dvc", "../src", "--path", "f"], ["update", "one"],
        ["add", "two", "--dvc", "../src", "--rev", "v1"], ["update", "two", "--rev", "main"],
        ["update", "tow"], ["add", "x", "--url", "y", "--rev", "z"], ["add", "x"],
        ["add", "x", "--dvc", "../nosuch"], ["add", "x", "--dvc", "../src", "--rev", "nosuch"],
        ["add", "x", "--dc", "numbers"],
    ]

    @Test func `files are recorded by their content, and DVC finds them up to date`() throws {
        let project = try Self.project()
        try project.write("1\n", to: "../files/a")
        try project.write("2\n", to: "../files/sub/b")
        try project.run(.dvswift, "dataset", "add", "files", "--url", "../files")
        try project.write(
            try project.text(of: "dvc.yaml")
                + "stages:\n  s: {cmd: touch o, deps: ['ds://files'], outs: [o]}\n",
            to: "dvc.yaml"
        )
        try project.run(.dvswift, "repro", "-q")
        for tool in [Tool.dvswift, .dvc] { try project.expectNothingToReproduce(tool) }
        #expect(
            try project.run(.dvswift, "dataset", "update", "files") == "Nothing to update\n"
        )
        try project.write("22\n", to: "../files/sub/b")
        try project.write("3\n", to: "../files/c")
        try project.remove("../files/a")
        let output = try project.run(.dvswift, "dataset", "update", "files")
        #expect(output == "Updating files (../files)\nM\tsub/b\nA\tc\nD\ta\n")
        let status = #"{"s": [{"changed deps": {"ds://files": "modified"}}]}"# + "\n"
        for tool in [Tool.dvswift, .dvc] {
            #expect(try project.run(tool, "status", "--json") == status)
        }
    }

    /// With a repository `src` of two commits beside it.
    private static func project() throws -> TemporaryProject {
        let project = try TemporaryProject(madeBy: .dvc)
        try project.run(.dvc, "config", "-q", "core.autostage", "true")
        let script = """
            git init -q -b main ../src && cd ../src && git config user.name a && git config user.email a
            export GIT_AUTHOR_DATE=@1700000000 GIT_COMMITTER_DATE=@1700000000
            echo 1 > f && git add f && git commit -qm one && git tag v1
            echo 2 > f && git commit -qam two
            """
        try project.attempt(["sh", "-c", script]).checkingSuccess()
        return project
    }
}
