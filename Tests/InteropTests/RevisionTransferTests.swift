import DVTestSupport
import Testing

/// Transfers of what other commits need.
@Suite struct RevisionTransferTests {
    /// Three commits on a branch, the second with a tag; the main branch has none of their data.
    private static func project() throws -> TemporaryProject {
        let project = try TemporaryProject(madeBy: .dvc)
        // In full: at other commits DVC takes relative places from the root of the machine.
        for name in ["ours", "theirs"] {
            let place = project.surroundings.appending(name).string
            try project.run(.dvswift, "remote", "add", "-q", name, place)
        }
        // At other commits DVC wants a default remote, whatever -r says.
        try project.run(.dvswift, "remote", "default", "theirs")
        try project.write("main", to: "data/main")
        try project.run(.dvswift, "add", "-q", "data")
        try project.commit("main")
        try project.run(.git, "checkout", "--quiet", "-b", "side")
        for name in ["one", "two", "three"] {
            try project.write(name, to: "data/" + name)
            try project.write(name, to: "same")
            try project.run(.dvswift, "add", "-q", "data", "same")
            try project.commit(name)
            if name == "two" { try project.run(.git, "tag", "v1") }
        }
        try project.run(.git, "checkout", "--quiet", "main")
        try project.run(.dvswift, "checkout", "-q")
        return project
    }

    @Test(arguments: [["-a"], ["-T"], ["-A"], ["-A", "data"]])
    func `push and fetch move what DVC moves`(scope: [String]) throws {
        let project = try Self.project()
        let cache = project.path(".dvc/cache/files")
        var fetched: [TreeSnapshot] = []
        for (tool, remote) in [(Tool.dvswift, "ours"), (.dvc, "theirs")] {
            let told = try project.run(tool, ["push", "-r", remote] + scope)
            #expect(told.hasSuffix("files pushed\n"))
            if tool == .dvc { try project.remove(".dvc/cache") }
        }
        let remotes = try ["ours", "theirs"].map {
            try TreeSnapshot(of: project.surroundings.appending($0))
        }
        #expect(remotes[0].difference(from: remotes[1]) == nil)
        for (tool, remote) in [(Tool.dvswift, "ours"), (.dvc, "theirs")] {
            let told = try project.run(tool, ["fetch", "-r", remote] + scope)
            #expect(told == "\(remotes[0].objectCount) files fetched\n")
            fetched.append(try TreeSnapshot(of: cache))
            try project.remove(".dvc/cache")
        }
        #expect(fetched[0].difference(from: fetched[1]) == nil)
    }

    @Test(arguments: [["-a"], ["-T"], ["-A"], ["-A", "data"]])
    func `status compares with a remote what other commits need`(scope: [String]) throws {
        let project = try Self.project()
        try project.run(.dvswift, "push", "-q", "-r", "theirs", "-T")
        try project.run(.dvswift, "checkout", "-q", "-f")
        let objects = try TreeSnapshot(of: project.path(".dvc/cache/files")).paths
        for object in objects.filter({ $0.count > 34 && !$0.hasSuffix(".dir") }).sorted().prefix(2)
        {
            try project.remove(".dvc/cache/files/" + object)
        }
        let told = try [Tool.dvswift, .dvc].map { tool in
            let command = ["status", "-c", "-r", "theirs"] + scope
            return try project.run(tool, command).split(separator: "\n").sorted()
        }
        #expect(told[0] == told[1])
    }

    @Test(arguments: [
        ["--max-size", "5"], ["--max-size", "4"], ["--max-size", "0"], ["--type", "metrics"],
        ["--type", "plots"], ["--type", "plots", "--type", "metrics", "--max-size", "5"],
    ])
    func `fetch brings small data, metrics and plots alone`(filter: [String]) throws {
        let project = try TemporaryProject(madeBy: .dvc)
        try project.run(.dvswift, "remote", "add", "-q", "-d", "far", "../far")
        try project.write(Self.reports, to: "dvc.yaml")
        for name in ["model", "score", "plot", "curve", "other"] {
            try project.write(String(name.prefix(4)) + name.suffix(name.count / 5), to: name)
        }
        try project.run(.dvswift, "add", "-q", "curve", "other")
        try project.run(.dvswift, "commit", "-q", "-f")
        try project.run(.dvswift, "push", "-q")
        let fetched = try [Tool.dvswift, .dvc].map { tool in
            try project.remove(".dvc/cache")
            try project.run(tool, ["fetch", "-q"] + filter)
            let cache = project.path(".dvc/cache/files")
            return try cache.exists() ? TreeSnapshot(of: cache).paths : []
        }
        #expect(fetched[0] == fetched[1])
    }

    private static let reports = """
        stages:
          train:
            cmd: "true"
            outs: [model]
            metrics: [score]
            plots: [plot]
        plots:
          - curve:
              x: step

        """

    @Test func `a commit that cannot be read is told and passed over`() throws {
        let project = try Self.project()
        try project.run(.git, "checkout", "--quiet", "-b", "broken")
        try project.write("outs: [", to: "bad.dvc")
        try project.commit("broken")
        try project.run(.git, "checkout", "--quiet", "main")
        let result = try project.attempt(.dvswift, "push", "-a", "-r", "ours").checkingSuccess()
        #expect(result.errors.contains("is passed over"))
        // The main branch has two objects, the tip of the other one four more.
        #expect(result.output == "6 files pushed\n")
    }
}

extension TreeSnapshot {
    /// Files in folders of two characters.
    fileprivate var objectCount: Int {
        paths.filter { $0.split(separator: "/").last?.count ?? 0 >= 30 }.count
    }
}
