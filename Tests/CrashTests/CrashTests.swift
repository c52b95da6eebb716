import DVTestSupport
import Testing

/// A kill at any moment: running the command again completes it, and no object is ever bad.
@Suite struct CrashTests {
    @Test func `a killed add is completed by the next`() throws {
        let project = try Self.project()
        try Self.changeData(project)
        let command = KilledCommand(arguments: ["add", "-q", "data"], template: project) {
            try Self.restoreEverything($0)
        }
        try command.killEverywhere(seed: 1)
    }

    @Test func `a killed checkout is completed by the next`() throws {
        let project = try Self.project()
        let pointer = try project.text(of: "data.dvc")
        try Self.changeData(project)
        try project.run(.dvswift, "add", "-q", "data")
        try project.write(pointer, to: "data.dvc")
        let command = KilledCommand(arguments: ["checkout", "-q"], template: project) {
            try Self.restoreEverything($0)
        }
        try command.killEverywhere(seed: 2)
    }

    @Test func `a killed push is completed by the next`() throws {
        let command = KilledCommand(arguments: ["push", "-q"], template: try Self.project()) {
            #expect(try $0.run(.dvswift, "status", "-c", "--json") == "{}\n")
            try $0.remove(".dvc/cache")
            try $0.remove("data")
            try $0.run(.dvswift, "pull", "-q")
        }
        try command.killEverywhere(seed: 3)
    }

    @Test func `a killed fetch is completed by the next`() throws {
        let project = try Self.projectWithoutCache()
        let command = KilledCommand(arguments: ["fetch", "-q"], template: project) {
            #expect(try !$0.exists("data"))
            try $0.run(.dvswift, "checkout", "-q")
            #expect(try $0.run(.dvswift, "status", "--json") == "{}\n")
            try $0.remove("data")
        }
        try command.killEverywhere(seed: 4)
    }

    @Test func `a killed pull is completed by the next`() throws {
        let project = try Self.projectWithoutCache()
        let command = KilledCommand(arguments: ["pull", "-q"], template: project) {
            try Self.restoreEverything($0)
        }
        try command.killEverywhere(seed: 5)
    }

    /// Everything tracked is clean, and comes back from the cache once it is deleted.
    private static func restoreEverything(_ project: TemporaryProject) throws {
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
        try project.remove("data")
        try project.run(.dvswift, "checkout", "-q")
    }

    /// A tracked folder of small and large files, some of which compress, and an empty remote.
    private static func project() throws -> TemporaryProject {
        let project = try TemporaryProject()
        try project.run(.dvswift, "remote", "add", "-q", "-d", "storage", "../remote")
        for number in 0..<10 { try project.write("row \(number)\n", to: "data/\(number).csv") }
        let text = (0..<60_000).map { "\($0 % 977),\($0 / 7)\n" }.joined()
        try project.write(text, to: "data/deep/long.csv")
        try project.write(Noise.bytes(1_500_000, seed: 7), to: "data/deep/noise.bin")
        try project.run(.dvswift, "add", "-q", "data")
        return project
    }

    /// As after `git clone`: only the remote has the data.
    private static func projectWithoutCache() throws -> TemporaryProject {
        let project = try project()
        try project.run(.dvswift, "push", "-q")
        for name in ["data", ".dvc/cache", ".dvc/tmp"] { try project.remove(name) }
        return project
    }

    private static func changeData(_ project: TemporaryProject) throws {
        try project.write("changed\n", to: "data/1.csv")
        try project.remove("data/2.csv")
        for number in 0..<6 {
            try project.write(
                String(repeating: "\(number);", count: 30_000),
                to: "data/new/\(number)"
            )
        }
        try project.write(Noise.bytes(1_200_000, seed: 9), to: "data/deep/noise.bin")
    }
}
