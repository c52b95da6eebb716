import DVTestSupport
import Testing

/// Stages of templates in every command, and at every revision.
@Suite struct TemplateTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
        try project.write("name: one\nitems: [x, y]\n", to: "params.yaml")
        try project.write(Self.stages, to: "dvc.yaml")
        for name in ["x", "y"] { try project.path(name + "-folder").makeDirectories() }
        try project.run(.dvswift, "repro", "-q")
        try project.commitAll("first")
    }

    private static let stages = """
        stages:
          single:
            cmd: echo ${name} > ${name}.txt
            outs: ["${name}.txt"]
          group:
            foreach: ${items}
            do:
              wdir: ${item}-folder
              cmd: echo ${item} > out
              outs: [out]

        """

    @Test func `stages of a revision are told by its own parameters`() throws {
        try project.write("name: two\nitems: [x, y]\n", to: "params.yaml")
        try project.run(.dvswift, "repro", "-q")
        try project.commitAll("second")
        let answer = try project.run(.dvswift, "diff", "HEAD~1", "HEAD")
        #expect(answer.contains("two.txt"))
        #expect(answer.contains("one.txt"))
        #expect(
            try project.run(.dvswift, "list", ".", "--rev", "HEAD~1", "--dvc-only")
                .contains("one.txt")
        )
        #expect(try project.run(.dvswift, "cat", "x-folder/out", "--rev", "HEAD~1") == "x\n")
    }

    @Test func `the past of an output is told where its folder is a variable`() throws {
        try project.write(
            Self.stages.replacing("echo ${item} > out", with: "echo ${item}2 > out"),
            to: "dvc.yaml"
        )
        try project.run(.dvswift, "repro", "-q")
        try project.commitAll("second")
        let commits = try project.run(.dvswift, "log", "x-folder/out")
        #expect(commits.contains("first"))
        #expect(commits.contains("second"))
        let digest = "401b30e3b8b5d629635a5c613cdb7919"
        #expect(try project.run(.dvswift, "log", "--object", digest).contains("x-folder/out"))
    }

    @Test func `garbage collection keeps what generated stages need`() throws {
        try project.write("name: two\nitems: [x]\n", to: "params.yaml")
        try project.run(.dvswift, "repro", "-q")
        try project.commitAll("second")
        try project.run(.dvswift, "gc", "-q", "-f", "--all-commits")
        try project.remove("x-folder/out")
        try project.run(.dvswift, "checkout", "-q", "group")
        #expect(try project.text(of: "x-folder/out") == "x\n")
        try project.run(.git, "checkout", "-q", "HEAD~1")
        try project.run(.dvswift, "checkout", "-q")
        #expect(try project.text(of: "one.txt") == "one\n")
        #expect(try project.text(of: "y-folder/out") == "y\n")
    }

    @Test func `a group is pushed and pulled by its name`() throws {
        try project.run(.dvswift, "remote", "add", "-q", "-d", "store", project.remote.string)
        #expect(try project.run(.dvswift, "push", "group").contains("2 files pushed"))
        #expect(try project.run(.dvswift, "push").contains("1 file pushed"))
        try project.remove(".dvc/cache")
        try project.remove("y-folder/out")
        try project.run(.dvswift, "pull", "-q", "group@y")
        #expect(try project.text(of: "y-folder/out") == "y\n")
    }

    @Test func `a group is not replaced unless that is asked for`() throws {
        let refused = try project.attempt(.dvswift, "stage", "add", "-n", "group", "true")
        #expect(refused.status == 255)
        #expect(refused.errors.contains("Stage 'group' already exists in 'dvc.yaml'"))
        #expect(try project.text(of: "dvc.yaml") == Self.stages)
        try project.run(.dvswift, "stage", "add", "-f", "-n", "group", "true")
        #expect(try project.run(.dvswift, "stage", "list", "--name-only") == "single\ngroup\n")
    }

    @Test func `a changed variable changes the stages that use it`() throws {
        try project.write("name: one\nitems: [x, y, z]\n", to: "params.yaml")
        try project.path("z-folder").makeDirectories()
        let output = try project.run(.dvswift, "repro")
        #expect(output.contains("Stage 'group@x' didn't change, skipping"))
        #expect(output.contains("Running stage 'group@z':"))
    }

    @Test func `hidden variables are told once`() throws {
        try project.write("vars: [{item: 1}]\n" + Self.stages, to: "dvc.yaml")
        let result = try project.attempt(.dvswift, "status")
        #expect(result.status == 0)
        let words =
            "item is already specified, will be overwritten for stages generated from 'group'"
        #expect(result.errors.ranges(of: words).count == 1)
    }

    @Test func `a stage that is not there is told with the nearest`() throws {
        let result = try project.attempt(.dvswift, "repro", "grup")
        #expect(result.status == 255)
        #expect(result.errors.contains("Stage 'grup' not found inside 'dvc.yaml' file"))
        #expect(result.errors.contains("hint: did you mean 'group'?"))
    }

    @Test func `a near name is suggested`() throws {
        try project.write(Self.stages.replacing("${items}", with: "${itemz}"), to: "dvc.yaml")
        let result = try project.attempt(.dvswift, "repro")
        #expect(result.status == 255)
        #expect(
            result.errors.contains(
                "failed to parse 'stages.group.foreach' in 'dvc.yaml' (line 6, column 14): Could not find 'itemz': did you mean 'items'?"
            )
        )
    }
}
