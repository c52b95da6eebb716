import DVTestSupport
import Testing

/// Wrong input ends with a documented code, says what is wrong, and changes nothing.
@Suite struct BadInputTests {
    @Test func `a target that does not exist is named`() throws {
        let project = try TemporaryProject()
        let result = try project.attempt(.dvswift, "add", "nope")
        #expect(result.status == 1)
        #expect(result.errors.contains("output 'nope' does not exist"))
    }

    @Test func `a target outside the project is refused`() throws {
        let project = try TemporaryProject()
        let result = try project.attempt(.dvswift, "add", "../outside")
        #expect(result.status == 1)
        #expect(result.errors.contains("outside of DVC project"))
    }

    @Test func `a folder above a tracked file overlaps with it`() throws {
        let project = try TemporaryProject()
        try project.write("a", to: "data/a")
        try project.run(.dvswift, "add", "data/a")
        let result = try project.attempt(.dvswift, "add", "data")
        #expect(result.status == 1)
        #expect(result.errors.contains("overlapping with other DVC tracked output: 'data/a'"))
        #expect(try !project.exists("data.dvc"))
    }

    @Test(arguments: ["with space", "-dash", "line\nbreak", "ünïcode", "quote'\"", "star*"])
    func `a file with an odd name is tracked and comes back`(name: String) throws {
        let project = try TemporaryProject()
        try project.write("content", to: name)
        try project.run(.dvswift, "add", "--", name)
        try project.remove(name)
        try project.run(.dvswift, "checkout")
        #expect(try project.text(of: name) == "content")
        #expect(try project.run(.git, "status", "--porcelain").contains("?? ") == false)
    }

    @Test func `a file that is not in a tracked folder is missing`() throws {
        let project = try TemporaryProject()
        try project.write("a", to: "data/a")
        try project.run(.dvswift, "add", "data")
        let pointer = try project.text(of: "data.dvc")
        let result = try project.attempt(.dvswift, "add", "data/nope")
        #expect(result.status == 1)
        #expect(result.errors.contains("output 'data/nope' does not exist"))
        #expect(try project.text(of: "data.dvc") == pointer)
    }

    @Test func `malformed YAML is told with its line`() throws {
        let project = try TemporaryProject()
        try project.write("stages:\n  a:\n    cmd: [unclosed\n", to: "dvc.yaml")
        let result = try project.attempt(.dvswift, "status")
        #expect(result.status != 0)
        #expect(result.errors.contains("dvc.yaml"))
        #expect(result.errors.contains("line"))
    }

    @Test func `an unknown key is told with the nearest one`() throws {
        let project = try TemporaryProject()
        try project.write("stages:\n  a:\n    cmd: ls\n    depz: [x]\n", to: "dvc.yaml")
        let result = try project.attempt(.dvswift, "repro")
        #expect(result.status == 255)
        #expect(result.errors.contains("depz"))
        #expect(result.errors.contains("deps"))
    }

    @Test func `a variable that nothing defines is told with its place`() throws {
        let project = try TemporaryProject()
        try project.write("stages:\n  a:\n    cmd: echo ${x}\n", to: "dvc.yaml")
        let result = try project.attempt(.dvswift, "repro")
        #expect(result.status == 255)
        #expect(
            result.errors.contains(
                "failed to parse 'stages.a.cmd' in 'dvc.yaml' (line 3, column 10)"
            )
        )
        #expect(result.errors.contains("Could not find 'x'"))
    }

    @Test func `a cycle names its stages`() throws {
        let project = try TemporaryProject()
        try project.write(
            """
            stages:
              one:
                cmd: cp b a
                deps: [b]
                outs: [a]
              two:
                cmd: cp a b
                deps: [a]
                outs: [b]

            """,
            to: "dvc.yaml"
        )
        let result = try project.attempt(.dvswift, "repro")
        #expect(result.status == 255)
        #expect(result.errors.contains("one") && result.errors.contains("two"))
    }

    @Test func `a stage that fails is told with its exit code and leaves no record`() throws {
        let project = try TemporaryProject()
        try project.run(.dvswift, "stage", "add", "-n", "bad", "-o", "out", "exit 3")
        let result = try project.attempt(.dvswift, "repro")
        #expect(result.status == 255)
        #expect(result.errors.contains("failed to reproduce 'bad'"))
        #expect(result.errors.contains("exited with 3"))
        #expect(try !project.exists("dvc.lock"))
    }

    @Test func `a stage that does not write its output fails`() throws {
        let project = try TemporaryProject()
        try project.run(.dvswift, "stage", "add", "-n", "lazy", "-o", "out", "true")
        let result = try project.attempt(.dvswift, "repro")
        #expect(result.status == 255)
        #expect(result.errors.contains("output 'out' does not exist"))
    }

    private static let codes: [(arguments: String, status: Int32)] = [
        ("nonsense", 254), ("add", 254), ("status --wrong", 254), ("config core.nonsense 1", 251),
        ("config nonsense", 254), ("checkout nope", 255), ("repro nope", 255), ("push", 1),
    ]

    @Test(arguments: codes)
    func `exit codes are those of DVC`(arguments: String, status: Int32) throws {
        let project = try TemporaryProject()
        try project.write("a", to: "a")
        try project.run(.dvswift, "add", "a")
        let result = try project.attempt(
            .dvswift,
            arguments.split(separator: " ").map(String.init)
        )
        #expect(result.status == status)
        #expect(result.errors.contains("ERROR: "))
    }

    @Test func `a dependency in remote storage is told, and other stages are not concerned`()
        throws
    {
        let project = try TemporaryProject()
        try project.write(
            """
            stages:
              far:
                cmd: echo 1 > o
                deps: [s3://bucket/x]
                outs: [o]
              near:
                cmd: echo 1 > p
                outs: [p]

            """,
            to: "dvc.yaml"
        )
        try project.run(.dvswift, "repro", "near")
        try project.write("1", to: "o")
        for command in [["status"], ["repro"], ["repro", "-f", "far"], ["commit", "-f", "far"]] {
            let result = try project.attempt(.dvswift, command)
            #expect(result.status != 0)
            #expect(result.errors.contains("no credentials for S3 were found"))
        }
        #expect(try project.text(of: "o") == "1")
    }

    @Test func `YAML that is nested too deeply is told in our words`() throws {
        let project = try TemporaryProject()
        try project.write(String(repeating: "[", count: 5000), to: "dvc.yaml")
        let result = try project.attempt(.dvswift, "status")
        #expect(result.status != 0)
        #expect(result.errors.contains("'dvc.yaml' is invalid: line 1"))
        #expect(result.errors.contains("nested too deeply"))
    }

    @Test func `outside a project the code is 253`() throws {
        let project = try TemporaryProject()
        let result = try project.attempt(.dvswift, "--cd", "/", "status")
        #expect(result.status == 253)
        #expect(result.errors.contains("you are not inside of a DVC repository"))
    }
}
