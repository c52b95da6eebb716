import DVSystem
import DVTestSupport
import Testing

/// The ways to add, through the real binary.
@Suite struct AddTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
        for name in ["one.csv", "two.csv", "three.txt"] { try project.write(name, to: name) }
        for name in ["a", "deep/b"] { try project.write(name, to: "data/" + name) }
    }

    private func objects() throws -> [String] {
        try TreeSnapshot(of: project.path(".dvc/cache")).paths.filter { $0.count > 32 }
    }

    @Test func `a pattern adds what it matches`() throws {
        try project.run(.dvswift, "add", "--glob", "*.csv")
        #expect(try project.exists("one.csv.dvc") && project.exists("two.csv.dvc"))
        #expect(try !project.exists("three.txt.dvc"))
    }

    @Test func `a pattern that matches nothing is an error`() throws {
        let result = try project.attempt(.dvswift, "add", "--glob", "*.parquet")
        #expect(result.status != 0)
        #expect(result.errors.contains("*.parquet"))
    }

    @Test func `without glob a star is a name`() throws {
        let result = try project.attempt(.dvswift, "add", "*.csv")
        #expect(result.status == 1)
        #expect(result.errors.contains("output '*.csv' does not exist"))
    }

    @Test func `several targets each get a pointer, or none does`() throws {
        #expect(try project.attempt(.dvswift, "add", "one.csv", "nope").status == 1)
        #expect(try !project.exists("one.csv.dvc"))
        try project.run(.dvswift, "add", "one.csv", "data")
        #expect(try project.exists("one.csv.dvc") && project.exists("data.dvc"))
        #expect(try project.text(of: ".gitignore") == "/one.csv\n/data\n")
    }

    @Test func `out copies data from outside and tracks the copy`() throws {
        let outside = project.surroundings.appending("outside")
        try project.write("x", to: outside.string + "/x")
        try project.run(.dvswift, "add", outside.string, "-o", "inside")
        #expect(try project.text(of: "inside/x") == "x")
        #expect(try project.text(of: "inside.dvc").contains("path: inside"))
        #expect(try project.text(of: outside.string + "/x") == "x")
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
        try project.remove("inside")
        try project.run(.dvswift, "checkout", "-q")
        #expect(try project.text(of: "inside/x") == "x")
    }

    @Test func `out into an existing folder keeps the name`() throws {
        let outside = project.surroundings.appending("x.csv")
        try project.write("x", to: outside.string)
        try project.path("sub").makeDirectories()
        try project.run(.dvswift, "add", outside.string, "-o", "sub")
        #expect(try project.text(of: "sub/x.csv") == "x")
        #expect(try project.exists("sub/x.csv.dvc"))
    }

    @Test func `out replaces what is there with force only`() throws {
        let outside = project.surroundings.appending("x.csv")
        try project.write("x", to: outside.string)
        try project.write("precious", to: "mine.csv")
        let refused = try project.attempt(.dvswift, "add", outside.string, "-o", "mine.csv")
        #expect(refused.status != 0)
        #expect(try project.text(of: "mine.csv") == "precious")
        #expect(try !project.exists("mine.csv.dvc"))
        try project.run(.dvswift, "add", outside.string, "-f", "-o", "mine.csv")
        #expect(try project.text(of: "mine.csv") == "x")
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
    }

    private static let clashes = [
        ["one.csv", "two.csv", "-o", "x"], ["--glob", "*.csv", "-o", "x"],
        ["one.csv", "--no-commit", "-o", "x"],
    ]

    @Test(arguments: clashes)
    func `out with what contradicts it is refused`(arguments: [String]) throws {
        let result = try project.attempt(.dvswift, ["add"] + arguments)
        #expect(result.status != 0)
        #expect(result.errors.contains("--out"))
        #expect(try !project.exists("x.dvc"))
    }

    @Test func `without commit there is a pointer and no object, until commit`() throws {
        try project.run(.dvswift, "add", "--no-commit", "data", "one.csv")
        #expect(try project.exists("data.dvc"))
        #expect(try objects().isEmpty)
        try project.run(.dvswift, "commit", "-f")
        #expect(try objects().count == 4)
        try project.remove("data")
        try project.run(.dvswift, "checkout", "-q")
        #expect(try project.text(of: "data/deep/b") == "deep/b")
    }

    @Test func `data is linked to the cache, unless told not to`() throws {
        try project.run(.dvswift, "config", "cache.type", "hardlink")
        try project.run(.dvswift, "add", "--no-relink", "one.csv")
        #expect(try FileStatus.following(project.path("one.csv")).linkCount == 1)
        try project.run(.dvswift, "add", "two.csv")
        let linked = try FileStatus.following(project.path("two.csv"))
        #expect(linked.linkCount == 2)
        #expect(linked.permissions & 0o222 == 0)
    }

    @Test func `force alone changes nothing`() throws {
        try project.run(.dvswift, "add", "data")
        let before = try project.tree()
        try project.run(.dvswift, "add", "-f", "data")
        #expect(try project.tree().difference(from: before) == nil)
    }
}
