import DVTestSupport
import Testing

/// `gc` in remotes, with experiments, shared caches and revisions that cannot be read: what stays is what stays with DVC.
@Suite struct GarbagePlacesTests {
    /// Runs `gc` by both tools in copies of a project; what each leaves of the cache, and its exit code.
    private static func compare(
        _ template: TemporaryProject,
        _ options: [String],
        cache: String = ".dvc/cache"
    ) throws -> (ours: TemporaryProject, theirs: TemporaryProject) {
        let (ours, theirs) = (try template.copy(), try template.copy())
        let mine = try ours.attempt(.dvswift, ["gc", "-f"] + options)
        let reference = try theirs.attempt(.dvc, ["gc", "-f"] + options)
        #expect(mine.status == reference.status, "\(mine)\(reference)")
        let left = try [ours, theirs].map { try TreeSnapshot(of: $0.path(cache)).paths }
        #expect(left[0] == left[1], "\(options)")
        return (ours, theirs)
    }

    private static func trees(_ names: [String], _ project: TemporaryProject) throws -> [[String]] {
        try names.map { try TreeSnapshot(of: project.path($0)).paths.filter { $0.utf8.count > 32 } }
    }

    /// Two files, one bound to a remote of its own, in two versions that were both pushed.
    private static func boundProject() throws -> TemporaryProject {
        let project = try TemporaryProject(madeBy: .dvc)
        try project.run(.dvc, "remote", "add", "-q", "-d", "storage", "../remote")
        try project.run(.dvc, "remote", "add", "-q", "own", "../remote/own")
        for number in 1...2 {
            for name in ["bound", "free"] {
                try project.write("\(name) \(number)\n", to: name)
                try project.run(.dvc, "add", "-q", name)
            }
            let pointer = try project.text(of: "bound.dvc")
            if number == 1 { try project.write(pointer + "  remote: own\n", to: "bound.dvc") }
            try project.run(.dvc, "push", "-q")
        }
        try project.commit("two versions")
        return project
    }

    @Test func `the remotes of single outputs are collected as well`() throws {
        let template = try Self.boundProject()
        let places = ["../remote/files", "../remote/own"]
        #expect(try Self.trees(places, template).map(\.count) == [2, 2])
        for options in [["-w", "-c"], ["-w", "-c", "--dry"], ["-w", "--not-in-remote"]] {
            let (ours, theirs) = try Self.compare(template, options)
            #expect(try Self.trees(places, ours) == Self.trees(places, theirs), "\(options)")
        }
    }

    @Test func `the run cache stays`() throws {
        let project = try TemporaryProject(madeBy: .dvc)
        try project.write("in\n", to: "in")
        try project.run(.dvc, ["stage", "add", "-n", "s", "-d", "in", "-o", "out", "cp in out"])
        try project.run(.dvc, "repro", "-q")
        try project.write("other\n", to: "in")
        try project.run(.dvc, "repro", "-q")
        let runs = try TreeSnapshot(of: project.path(".dvc/cache/runs"))
        #expect(runs.paths.count == 6)
        let (ours, _) = try Self.compare(project, ["-w"])
        let left = try TreeSnapshot(of: ours.path(".dvc/cache/runs"))
        #expect(left.difference(from: runs) == nil)
    }

    @Test func `every commit of an experiment is kept on demand`() throws {
        let project = try TemporaryProject(madeBy: .dvc)
        try project.write("x: 1\n", to: "params.yaml")
        try project.run(
            .dvc,
            ["stage", "add", "-q", "-n", "s", "-p", "x", "-o", "out", "cp params.yaml out"]
        )
        try project.run(.dvc, "repro", "-q")
        try project.commit("base")
        try project.run(.dvc, "exp", "run", "-q", "-n", "trial", "-S", "x=2")
        let reference = try project.run(.git, "for-each-ref", "--format=%(refname)", "refs/exps")
            .split(separator: "\n").first { $0.hasSuffix("/trial") }
        // A second commit of the experiment.
        try project.run(.git, "checkout", "-q", "-f", "--detach", String(try #require(reference)))
        try project.write("x: 3\n", to: "params.yaml")
        try project.run(.dvc, "repro", "-q")
        try project.commit("more")
        try project.run(.git, "update-ref", String(try #require(reference)), "HEAD")
        try project.run(.git, "checkout", "-q", "-f", "main")
        try project.run(.dvc, "checkout", "-q", "-f")

        let files = ".dvc/cache/files"
        let all = try Self.compare(project, ["--all-experiments"], cache: files).ours
        #expect(try Self.trees([files], all)[0].count == 3)
        let some = try Self.compare(project, ["-w"], cache: files).ours
        #expect(try Self.trees([files + "/md5"], some)[0].count == 1)
    }

    @Test func `projects that share the cache are asked, and one that is missing stops it`() throws
    {
        let project = try TemporaryProject(madeBy: .dvc)
        try project.run(.dvc, "cache", "dir", "../remote/cache")
        try project.write("mine\n", to: "mine")
        try project.write("gone\n", to: "gone")
        try project.run(.dvc, "add", "-q", "mine", "gone")
        try project.remove("gone.dvc")
        for name in ["one", "two"] {
            try project.run(.git, "init", "-q", "../remote/\(name)")
            let folder = "../remote/\(name)"
            try project.run(.dvc, ["init", "-q"], in: folder)
            try project.run(.dvc, ["cache", "dir", "-q", "../cache"], in: folder)
            try project.write(name, to: "\(folder)/data")
            try project.run(.dvc, ["add", "-q", "data"], in: folder)
        }
        let cache = "../remote/cache/files/md5"
        #expect(try Self.trees([cache], project)[0].count == 4)
        for (others, left) in [(["../remote/one", "../remote/two"], 3), (["../remote/one"], 2)] {
            let ours = try Self.compare(project, ["-w", "-p"] + others, cache: cache).ours
            #expect(try Self.trees([cache], ours)[0].count == left)
        }
        let failed = ["-w", "-p", "../remote/one", "../remote/missing"]
        let ours = try Self.compare(project, failed, cache: cache).ours
        #expect(try Self.trees([cache], ours)[0].count == 4)
    }

    @Test func `a revision that cannot be read stops it, unless that is allowed`() throws {
        let project = try TemporaryProject(madeBy: .dvc)
        try project.write("kept\n", to: "kept")
        try project.write("old\n", to: "old")
        try project.run(.dvc, "add", "-q", "kept", "old")
        try project.remove("old.dvc")
        try project.write("stages: [\n", to: "dvc.yaml")
        try project.commit("broken")
        try project.remove("dvc.yaml")
        try project.commit("mended")
        for options in [["-A"], ["-A", "--skip-failed"]] {
            _ = try Self.compare(project, options)
        }
    }
}
