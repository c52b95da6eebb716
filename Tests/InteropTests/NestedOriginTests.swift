import DVSystem
import DVTestSupport
import Testing

/// Repositories with projects in folders, by both tools.
@Suite struct NestedOriginTests {
    private let project: TemporaryProject

    /// A project with one in a folder of a folder.
    init() throws {
        project = try TemporaryProject(madeBy: .dvc)
        try project.write("1", to: "outer/a")
        try project.write("2", to: "outer/data")
        try project.run(.dvc, "add", "-q", "outer/data")
        try project.write("3", to: "outer/inner/x")
        try project.run(.dvc, ["init", "-q", "--subdir"], in: "outer/inner")
        try project.write("4", to: "outer/inner/tracked")
        try project.run(.dvc, ["add", "-q", "tracked"], in: "outer/inner")
        try project.commit("all")
        try project.run(.git, "tag", "v1")
    }

    @Test func `copies and imports leave out projects inside of what was asked for`() throws {
        let source = project.root.string
        for (tool, name) in [(Tool.dvswift, "ours"), (.dvc, "theirs")] {
            let clone = try project.clone(named: name)
            try clone.run(tool, "get", "-q", source, ".", "-o", "all")
            try clone.run(tool, "get", "-q", source, "outer/inner", "-o", "inner")
            try clone.run(tool, "import", "-q", source, "outer", "-o", "copy")
        }
        let trees = try ["ours", "theirs"].map { name in
            try ["all", "inner", "copy"].map {
                try TreeSnapshot(of: project.path("../\(name)/\($0)"))
            }
        }
        for (ours, theirs) in zip(trees[0], trees[1]) {
            #expect(ours.difference(from: theirs) == nil)
        }
        let pointers = try ["ours", "theirs"].map { try project.text(of: "../\($0)/copy.dvc") }
        #expect(pointers[0] == pointers[1])
    }

    @Test(arguments: [
        "ls . --rev v1", "ls . outer --rev v1", "ls .. outer --rev v1", "ls .. --rev v1",
    ])
    func `paths of a revision count from the root of the repository`(command: String) throws {
        let arguments = command.split(separator: " ").map(String.init)
        let ours = try project.attempt(.dvswift, arguments, in: "outer")
        let theirs = try project.attempt(.dvc, arguments, in: "outer")
        #expect(ours.status == theirs.status && ours.output == theirs.output, "\(ours)\(theirs)")
    }
}
