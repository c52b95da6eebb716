import DVSystem
import DVTestSupport
import Glibc
import Testing

/// A cache that two users of a machine share with `cache.shared group`.
@Suite(.enabled(if: Person.isPossible)) struct CacheGroupTests {
    private let folder: TemporaryDirectory
    private let cache: AbsolutePath
    private let ann = Person(1)
    private let bob = Person(2)
    private let hers: TemporaryProject
    private let his: TemporaryProject

    init() throws {
        folder = try TemporaryDirectory()
        cache = folder.appending("cache")
        try folder.path.setPermissions(0o755)
        try cache.makeDirectories()
        try #require(chown(cache.string, 0, Person.group) == 0)
        try cache.setPermissions(0o2775)
        hers = try TemporaryProject(git: false)
        his = try TemporaryProject(git: false)
        for (person, project) in [(ann, hers), (bob, his)] {
            try person.takeOver(project)
            try person.run("cache", "dir", cache.string, in: project)
            try person.run("config", "cache.shared", "group", in: project)
        }
    }

    private func write(_ text: String, to name: String, in project: TemporaryProject) throws {
        try project.write(text, to: name)
        try (project === hers ? ann : bob).takeOver(project)
    }

    private func hand(_ pointer: String, from: TemporaryProject, to: TemporaryProject) throws {
        try write(try from.text(of: pointer), to: pointer, in: to)
    }

    @Test func `each uses, extends and collects what the other stored`() throws {
        try write("1", to: "data/a", in: hers)
        try ann.run("add", "data", in: hers)
        try hand("data.dvc", from: hers, to: his)
        try bob.run("checkout", in: his)
        try write("2", to: "data/a", in: his)
        try write("3", to: "data/b", in: his)
        try bob.run("add", "data", in: his)
        try hand("data.dvc", from: his, to: hers)
        try ann.run("checkout", in: hers)
        #expect(try hers.text(of: "data/a") == "2")
        // Two objects of the first version, which she stored.
        let told = try bob.run("gc", "-w", "-f", "-p", hers.root.string, in: his)
        #expect(told.contains("Removed 2 objects"))
        #expect(try ann.run("status", "--json", in: hers) == "{}\n")
        try write("1", to: "data/a", in: hers)
        try ann.run("add", "data", in: hers)
        try ann.run("verify", in: hers)
        try bob.run("verify", in: his)
    }

    @Test(arguments: ["none", "zstd"])
    func `folders and objects have the group and the modes that DVC gives them`(
        compression: String
    ) throws {
        for (person, project) in [(ann, hers), (bob, his)] {
            try person.run("config", "cache.compression", compression, in: project)
            try write(String(repeating: "\(person)", count: 500), to: "data/a", in: project)
            try person.run("add", "data", in: project)
        }
        // Stored by one user, found by the other.
        try write("both", to: "same", in: hers)
        try write("both", to: "same", in: his)
        try ann.run("add", "same", in: hers)
        try bob.run("add", "same", in: his)
        let listing = try hers.attempt(["find", cache.string, "-printf", "%m %g %y\n"])
        let kinds = Set(listing.output.split(separator: "\n"))
        #expect(kinds == ["2775 \(Person.group) d", "444 \(Person.group) f"])
    }
}
