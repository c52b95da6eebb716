import DVTestSupport
import Testing

/// Which paths are left out, through the real binary.
@Suite struct CheckIgnoreTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
        try project.write("*.tmp\n!keep.tmp\n", to: ".dvcignore")
        try project.write("*.log\n", to: "sub/.dvcignore")
    }

    @Test func `the pattern that decides is named with its place`() throws {
        let answer = try project.run(
            .dvswift,
            "check-ignore",
            "-d",
            "-n",
            "x.tmp",
            "keep.tmp",
            "sub/y.log",
            "z"
        )
        let expected = """
            .dvcignore:1:*.tmp\tx.tmp
            .dvcignore:2:!keep.tmp\tkeep.tmp
            sub/.dvcignore:1:*.log\tsub/y.log
            ::\tz

            """
        #expect(answer == expected)
    }

    @Test func `paths are read from standard input`() throws {
        let command = "printf 'x.tmp\\nz\\n' | \(try Tool.dvswift.program) check-ignore --stdin"
        let result = try project.attempt(["sh", "-c", command])
        #expect(result.output == "x.tmp\n")
        #expect(result.status == 0)
    }

    @Test func `nothing left out is a failure`() throws {
        #expect(try project.attempt(.dvswift, "check-ignore", "z", "keep.tmp").status == 1)
        #expect(try project.attempt(.dvswift, "check-ignore", "-q", "x.tmp").status == 0)
    }
}
