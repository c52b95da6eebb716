import DVFormats
import DVHashing
import Testing

@Suite struct LockFileTests {
    private func parse(_ text: String) throws -> LockFile {
        try LockFile(parsing: Array(text.utf8), file: "dvc.lock")
    }

    private func text(_ lock: LockFile) -> String {
        String(decoding: lock.serialized(), as: UTF8.self)
    }

    @Test func `stages are written with the bytes of dvc repro`() throws {
        let lock = try parse(DVCFixtures.lock)
        var copy = LockFile()
        for name in lock.stageNames {
            try copy.set(try #require(try lock.stage(named: name)), named: name)
        }
        #expect(text(copy) == DVCFixtures.lock)
    }

    @Test func `setting the same keeps the text`() throws {
        var lock = try parse(DVCFixtures.lock)
        for name in lock.stageNames {
            let stage = try #require(try lock.stage(named: name))
            let isChanged = try lock.set(stage, named: name)
            #expect(!isChanged)
        }
        #expect(text(lock) == DVCFixtures.lock)
    }

    @Test func `changing one stage keeps the others as they were written`() throws {
        let written = """
            # generated
            schema: "2.0"
            stages:
                b: {cmd: 'x',   deps: []}
                a:
                    cmd: "y"  # why
                # last
            datasets: []

            """
        var lock = try parse(written)
        #expect(lock.stageNames == ["b", "a"])
        try lock.set(LockedStage(command: .single("z")), named: "a")
        #expect(
            text(lock)
                == written.replacing("        cmd: \"y\"  # why\n", with: "      cmd: z\n")
        )
        lock.remove(named: "b")
        #expect(!text(lock).contains("'x'"))
        #expect(try lock.stage(named: "a")?.command == .single("z"))
    }

    @Test func `stages are put in order where they are, between others that stay`() throws {
        var lock = LockFile()
        for name in ["c", "other", "a", "b"] {
            try lock.set(LockedStage(command: .single("make \(name)")), named: name)
        }
        lock.arrange(["a", "missing", "b", "c"])
        #expect(lock.stageNames == ["a", "other", "b", "c"])
        #expect(try lock.stage(named: "b")?.command == .single("make b"))
        try lock.set(LockedStage(command: .single("x")), named: "c")
        #expect(try parse(text(lock)).stageNames == ["a", "other", "b", "c"])
    }

    @Test func `a stage is looked up with its content`() throws {
        let stage = try #require(try parse(DVCFixtures.lock).stage(named: "7"))
        let content = try #require(stage.dependencies.first?.content)
        #expect(content.name.text == "779c82a4c0e7d68f552944e8363a41f9.dir")
        #expect(content.size == 34)
        #expect(content.fileCount == 5)
        #expect(content.scheme == .md5)
    }

    static let problems: [(String, Int, String?, String)] = [
        ("schema: '1.0'\nstages: {}\n", 1, "schema", "'2.0'"),
        ("stages: {}\n", 1, nil, "'schema' is missing"),
        ("schema: '2.0'\nstages:\n  a:\n    cmd: x\n    out: []\n", 5, "stages.a.out", "'outs'"),
        (
            "schema: '2.0'\nstages:\n  a:\n    cmd: x\n  a:\n    cmd: y\n", 5, "stages.a",
            "duplicate"
        ),
        (
            "schema: '2.0'\nstages:\n  b:\n    cmd: x\n  a:\n    cmd: x\n    deps:\n    - path: p\n      md5: xyz\n",
            9, "stages.a.deps.0.md5", "32 hexadecimal"
        ),
    ]

    @Test(arguments: problems)
    func `a problem has its place`(
        text: String,
        line: Int,
        key: String?,
        problem: String
    ) throws {
        let error = try #require(throws: FormatError.self) {
            let lock = try parse(text)
            for name in lock.stageNames { _ = try lock.stage(named: name) }
        }
        #expect(error.line == line)
        #expect(error.key == key)
        #expect(error.problem.contains(problem), "\(error.problem)")
    }

    @Test func `an external dependency keeps what only its store knows`() throws {
        let written = """
            schema: '2.0'
            stages:
              a:
                cmd: x
                deps:
                - path: https://host/file
                  hash: md5
                  checksum: '"abc"'
                  size: 3

            """
        var lock = try parse(written)
        var stage = try #require(try lock.stage(named: "a"))
        stage.command = .single("y")
        try lock.set(stage, named: "a")
        #expect(text(lock) == written.replacing("cmd: x", with: "cmd: y"))
    }
}
