import DVTestSupport
import Testing

/// Data in the workspace and the cache is never lost or replaced by something wrong.
@Suite struct DataSafetyTests {
    @Test func `checkout refuses to overwrite data that is not in the cache`() throws {
        let project = try Self.projectWithData()
        try project.write("precious", to: "data/a")
        let result = try project.attempt(.dvswift, "checkout")
        #expect(result.status == 255)
        #expect(result.errors.contains("Use `--force` to force."))
        #expect(try project.text(of: "data/a") == "precious")
        try project.run(.dvswift, "checkout", "-f")
        #expect(try project.text(of: "data/a") == "a")
    }

    @Test func `checkout refuses to remove an extra file that is not in the cache`() throws {
        let project = try Self.projectWithData()
        try project.write("precious", to: "data/new")
        #expect(try project.attempt(.dvswift, "checkout").status == 255)
        #expect(try project.text(of: "data/new") == "precious")
    }

    @Test func `a damaged object never reaches the workspace`() throws {
        let project = try Self.projectWithData()
        try project.run(.dvswift, "config", "cache.compression", "none")
        try project.write("content of some length\n", to: "b")
        try project.run(.dvswift, "add", "b")
        // md5 of "content of some length\n"
        let objects = try project.tree(".dvc/cache/files/md5").paths
        for object in objects where Self.isFileObject(object) {
            let path = project.path(".dvc/cache/files/md5/" + object)
            try path.setPermissions(0o644)
            try project.write("damaged", to: ".dvc/cache/files/md5/" + object)
        }
        try project.remove("b")
        let result = try project.attempt(.dvswift, "checkout", "b")
        #expect(result.status == 255)
        #expect(result.errors.contains("damaged"))
        #expect(try !project.exists("b"))
    }

    @Test func `missing objects are told and nothing is removed`() throws {
        let project = try Self.projectWithData()
        try project.remove(".dvc/cache")
        try project.remove("data/a")
        let result = try project.attempt(.dvswift, "checkout")
        #expect(result.status == 255)
        #expect(result.errors.contains("data"))
        #expect(try project.text(of: "data/b") == "b")
    }

    @Test func `data that is no longer tracked stays when everything is checked out`() throws {
        let project = try Self.projectWithData()
        try project.run(.dvswift, "remove", "data.dvc")
        try project.run(.dvswift, "checkout")
        #expect(try project.text(of: "data/a") == "a")
    }

    @Test func `what the cache lacks is skipped if the user allows it`() throws {
        let project = try Self.projectWithData()
        try project.write("c", to: "c")
        try project.run(.dvswift, "add", "c")
        try project.remove(".dvc/cache")
        try project.remove("c")
        #expect(try project.run(.dvswift, "checkout", "--allow-missing").isEmpty)
        #expect(try project.text(of: "data/a") == "a")
    }

    @Test func `a listing that leaves its folder is refused`() throws {
        let project = try Self.projectWithData()
        try project.run(.dvswift, "config", "cache.compression", "none")
        let listing = #"[{"md5": "0cc175b9c0f1b6a831c399e269772661", "relpath": "../escaped"}]"#
        // The MD5 of that text names it.
        let name = "5787161c263cd3d91fd22b1fea3130c2"
        try project.write(listing, to: ".dvc/cache/files/md5/57/\(name.dropFirst(2)).dir")
        try project.write("outs:\n- md5: \(name).dir\n  hash: md5\n  path: evil\n", to: "evil.dvc")
        #expect(try project.attempt(.dvswift, "checkout", "evil.dvc").status == 255)
        #expect(try !project.exists("escaped"))
    }

    @Test func `a remote object with wrong content never enters the cache`() throws {
        let project = try Self.projectWithData()
        try project.run(.dvswift, "remote", "add", "-d", "storage", project.remote.string)
        try project.run(.dvswift, "push")
        try project.remove(".dvc/cache")
        try project.remove("data")
        for object in try TreeSnapshot(of: project.remote).paths where Self.isFileObject(object) {
            let path = project.remote.appending(object)
            try path.setPermissions(0o644)
            try path.replaceContents(with: Array("wrong".utf8))
        }
        let result = try project.attempt(.dvswift, "pull")
        #expect(result.status == 1)
        #expect(result.errors.contains("data/a"))
        #expect(try !project.exists("data/a"))
    }

    @Test func `push, then pull into a clone, restores everything`() throws {
        let project = try Self.projectWithData()
        try project.run(.dvswift, "remote", "add", "-d", "storage", project.remote.string)
        #expect(try project.run(.dvswift, "push") == "3 files pushed\n")
        #expect(try project.run(.dvswift, "push") == "Everything is up to date.\n")
        try project.run(.git, "add", "-A")
        try project.run(.git, "commit", "-qm", "all")
        let clone = try project.clone()
        #expect(try clone.run(.dvswift, "pull").contains("3 files fetched and 2 files added"))
        #expect(try clone.tree("data").difference(from: project.tree("data")) == nil)
    }

    @Test func `stages that do not depend on each other run together, lines carry their names`()
        throws
    {
        let project = try TemporaryProject()
        // Each waits for the other: only together can they end.
        try project.run(
            .dvswift,
            "stage",
            "add",
            "-n",
            "left",
            "-o",
            "l",
            "touch l.up; while [ ! -e r.up ]; do sleep 0.01; done; echo from-left | tee l"
        )
        try project.run(
            .dvswift,
            "stage",
            "add",
            "-n",
            "right",
            "-o",
            "r",
            "touch r.up; while [ ! -e l.up ]; do sleep 0.01; done; echo from-right | tee r"
        )
        let output = try project.run(.dvswift, "repro", "-j", "2")
        #expect(output.contains("[left] from-left"))
        #expect(output.contains("[right] from-right"))
        #expect(try project.run(.dvswift, "repro").contains("Data and pipelines are up to date."))
    }

    /// Whether a path below a cache or remote is that of a file's object: its name has the last 30 digits.
    private static func isFileObject(_ path: String) -> Bool {
        path.split(separator: "/").last?.count == 30
    }

    private static func projectWithData() throws -> TemporaryProject {
        let project = try TemporaryProject()
        try project.write("a", to: "data/a")
        try project.write("b", to: "data/b")
        try project.run(.dvswift, "add", "data")
        return project
    }
}
