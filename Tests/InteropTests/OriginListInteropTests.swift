import DVSystem
import DVTestSupport
import Testing

/// `ls` and `du` of a repository that has to be cloned, by both tools.
@Suite struct OriginListInteropTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject(madeBy: .dvc)
        try project.run(.dvc, "remote", "add", "-q", "-d", "storage", project.remote.string)
        for name in ["a", "c/d"] { try project.write(name, to: "data/" + name) }
        try project.write("code", to: "src/code.py")
        try project.run(.dvc, "add", "-q", "data")
        try project.path("sub").makeDirectories()
        try project.run(.dvc, ["init", "--subdir", "-q"], in: "sub")
        try project.write("deep", to: "sub/deep.bin")
        try project.run(.dvc, ["add", "-q", "deep.bin"], in: "sub")
        try project.run(.dvc, "push", "-q")
        try project.commit("first")
        try project.run(.git, "clone", "-q", "--bare", ".", "../bare.git")
        // What is only in the workspace is in no clone.
        try project.remove("data")
        try project.write("new", to: "new")
    }

    private var address: String { "file://" + project.root.string }

    @Test(arguments: [
        ["ls", "@", "--json"], ["ls", "@", "-R", "--json", "--rev", "main"],
        ["ls", "../bare.git", "data", "-R", "--size", "--show-hash"],
        ["ls", "@", "--tree", "--dvc-only", "--size"],
        ["ls", "@", "sub", "--json"], ["ls", "@", "data/c/d"], ["du", "@", "data", "-s"],
    ])
    func `the answer is that of DVC`(arguments: [String]) throws {
        let (ours, theirs) = try both(arguments)
        #expect(ours.status == theirs.status, "\(ours)\n\(theirs)")
        #expect(ours.output == theirs.output)
    }

    @Test(arguments: [
        (["ls", "@", "nope"], "No such file or directory"),
        (["ls", "@", "--rev", "nope"], "unknown Git revision 'nope'"),
        (["du", "@nowhere"], "Failed to clone repo"),
        (["ls", "@nowhere"], "failed to list"),
    ])
    func `a failure has DVC's exit code and phrase`(arguments: [String], phrase: String) throws {
        let (ours, theirs) = try both(arguments)
        #expect(ours.status == theirs.status, "\(ours)\n\(theirs)")
        #expect(theirs.errors.contains(phrase), "\(theirs)")
        #expect(ours.errors.contains(phrase), "\(ours)")
    }

    /// The results of dvswift and DVC; `@` stands for the address of the project.
    private func both(_ arguments: [String]) throws -> (ProgramResult, ProgramResult) {
        let arguments = arguments.map { argument in
            argument.hasPrefix("@") ? address + argument.dropFirst() : argument
        }
        return (
            try project.attempt(.dvswift, arguments), try project.attempt(.dvc, arguments)
        )
    }
}
