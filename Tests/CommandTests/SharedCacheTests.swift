import DVSystem
import DVTestSupport
import Testing

/// Several clones work at once on one cache and one remote: nothing that is needed is ever lost.
@Suite(.timeLimit(.minutes(2))) struct SharedCacheTests {
    /// A project with a shared cache and a remote, some garbage, and a clone of it.
    private static func clones() throws -> (TemporaryProject, TemporaryProject) {
        let project = try TemporaryProject()
        try project.run(.dvswift, "remote", "add", "-q", "-d", "storage", "../remote")
        try project.run(.dvswift, "cache", "dir", "../shared-cache")
        for round in 1...3 {
            for number in 0..<30 {
                try project.write("\(round) \(number)\n", to: "data/\(number)")
            }
            try project.run(.dvswift, "add", "-q", "data")
            try project.run(.dvswift, "push", "-q")
        }
        try project.commit("data")
        let clone = try project.clone()
        try clone.run(.dvswift, "checkout", "-q")
        return (project, clone)
    }

    /// Runs shell commands in each project at the same time; `$0` is dvswift, and the first failure ends a script.
    private static func together(_ scripts: [(TemporaryProject, String)]) throws {
        let failures = Monitor<[String]>([])
        let program = try Tool.dvswift.program
        try WorkerPool(jobs: scripts.count).forEach(count: scripts.count, batchSize: 1) { range in
            let (project, script) = scripts[range.lowerBound]
            let result = try project.attempt(["sh", "-ec", script, program])
            if !result.reason.isSuccess { failures.update { $0.append("\(result)") } }
        }
        #expect(failures.wait { $0 } == [])
    }

    /// Everything that a clone tracks is intact in cache and remote, and comes back.
    private static func expectNothingLost(_ project: TemporaryProject) throws {
        #expect(try project.run(.dvswift, "verify").contains("all intact"))
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
        let before = try project.tree()
        try project.run(.dvswift, "push", "-q")
        #expect(try project.run(.dvswift, "verify", "-r", "storage").contains("all intact"))
        try project.remove("data")
        try project.run(.dvswift, "checkout", "-q")
        #expect(try project.tree().difference(from: before) == nil)
    }

    private static func collecting(_ options: String, rounds: Int) -> String {
        "for round in $(seq \(rounds)); do \"$0\" gc -q -f -w \(options); done"
    }

    private static func adding(_ name: String, rounds: Int) -> String {
        """
        for round in $(seq \(rounds)); do
            echo "\(name) $round" > \(name); "$0" add -q \(name); rm \(name); "$0" checkout -q \(name).dvc
        done
        """
    }

    @Test func `two clones that name each other collect at the same time`() throws {
        let (project, clone) = try Self.clones()
        try Self.together([
            (project, Self.collecting("-p \(clone.root)", rounds: 3)),
            (clone, Self.collecting("-p \(project.root)", rounds: 3)),
            (project, Self.adding("mine", rounds: 3)), (clone, Self.adding("theirs", rounds: 3)),
        ])
        for each in [project, clone] { try Self.expectNothingLost(each) }
    }

    @Test func `two clones of one commit collect at the same time`() throws {
        let (project, clone) = try Self.clones()
        try Self.together([
            (project, Self.collecting("", rounds: 4)), (clone, Self.collecting("", rounds: 4)),
        ])
        for each in [project, clone] { try Self.expectNothingLost(each) }
        let left = try TreeSnapshot(of: project.path("../shared-cache")).paths
        #expect(left.count { $0.utf8.count > 32 } == 31)
    }

    @Test func `a project that is named twice, or is the one itself, is locked once`() throws {
        let (project, clone) = try Self.clones()
        try project.path("../link").makeSymbolicLink(to: "work")
        let names = ["-p", ".", "../link", clone.root.string, clone.root.string]
        try project.run(.dvswift, ["gc", "-q", "-w", "-f"] + names)
        try Self.expectNothingLost(project)
    }

    @Test func `what another process pushes during a collection of the remote stays`() throws {
        let (project, clone) = try Self.clones()
        let pushing = """
            for round in $(seq 3); do
                for number in 0 1 2; do echo "new $round $number" > data/$number; done
                "$0" add -q data; "$0" push -q
            done
            """
        try Self.together([
            (project, Self.collecting("-c -p \(clone.root)", rounds: 3)), (clone, pushing),
        ])
        for each in [project, clone] { try Self.expectNothingLost(each) }
        try clone.remove("../shared-cache")
        try clone.remove("data")
        try clone.run(.dvswift, "pull", "-q")
        #expect(try clone.text(of: "data/2") == "new 3 2\n")
    }

    @Test func `an add of many files while the cache is collected keeps them all`() throws {
        let (project, clone) = try Self.clones()
        for number in 0..<1500 {
            // Every other content is garbage that the collection is about to remove.
            let text = number % 2 == 0 ? "1 \(number / 2 % 30)\n" : "many \(number)\n"
            try clone.write(text, to: "many/\(number)")
        }
        try Self.together([
            (project, "\"$0\" gc -q -f -w -p \(clone.root)"),
            (clone, "\"$0\" add -q many"),
        ])
        #expect(try clone.run(.dvswift, "verify").contains("all intact"))
        try clone.remove("many")
        try clone.run(.dvswift, "checkout", "-q")
    }
}
