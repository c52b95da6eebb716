import DVHashing
import DVSystem
import DVTestSupport
import Testing

/// `cache migrate` from DVC 2's layout.
@Suite struct MigrateTests {
    private static func project() throws -> TemporaryProject {
        let project = try TemporaryProject(madeBy: .dvswift)
        try project.trackAsDVC2("a\r\nb\r\n", at: "windows")
        try project.trackAsDVC2(folder: "data", ["x": "1\r\n", "sub/y": "2\n"])
        let long = (0..<200_000).map { "row \($0)\r\n" }.joined()
        try project.trackAsDVC2(long, at: "long")
        try project.commit("as DVC 2 left it")
        return project
    }

    @Test func `compressed objects and pointers bring everything back`() throws {
        let project = try Self.project()
        let before = try project.tree("data")
        let output = try project.run(.dvswift, "cache", "migrate", "--dvc-files")
        #expect(output.hasPrefix("Migrated 5 files to DVC 3.0 cache location.\n"))
        #expect(try !TreeSnapshot(of: project.path(".dvc/cache/dvswift/md5-zstd")).paths.isEmpty)
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
        for name in ["data", "long", "windows"] {
            #expect(try project.text(of: name + ".dvc").contains("hash: md5"))
            try project.remove(name)
        }
        try project.run(.dvswift, "gc", "-w", "-f", "-q")
        #expect(try project.run(.dvswift, "verify").contains("all intact"))
        try project.run(.dvswift, "checkout", "-q")
        #expect(try project.tree("data").difference(from: before) == nil)
        #expect(try project.text(of: "windows") == "a\r\nb\r\n")
    }

    @Test func `a damaged object is named and left, and so is what needs it`() throws {
        let project = try Self.project()
        let name = ObjectName(Digest(of: Array("1\r\n".utf8), scheme: .md5DOS2Unix))
        let file = project.pathInDVC2Cache(of: name)
        try file.setPermissions(0o644)
        try file.replaceContents(with: Array("other".utf8))
        try project.remove("data")
        let pointer = try project.text(of: "data.dvc")
        let result = try project.attempt(.dvswift, "cache", "migrate", "--dvc-files")
        #expect(result.status == 1)
        #expect(result.errors.contains("object \(name) of 'data/x' is damaged"), "\(result)")
        #expect(result.errors.contains("the record of 'data' stays as it is"), "\(result)")
        #expect(try project.text(of: "data.dvc") == pointer)
        #expect(try file.readBytes() == Array("other".utf8))
        #expect(try project.text(of: "windows.dvc").contains("hash: md5"))

        try file.replaceContents(with: Array("1\r\n".utf8))
        try project.run(.dvswift, "cache", "migrate", "--dvc-files")
        try project.run(.dvswift, "checkout", "-q")
        #expect(try project.text(of: "data/x") == "1\r\n")
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
    }

    @Test func `changed data stays a change`() throws {
        let project = try Self.project()
        try project.write("mine\n", to: "windows")
        try project.run(.dvswift, "cache", "migrate", "--dvc-files")
        #expect(
            try project.run(.dvswift, "status", "--json")
                == "{\"windows.dvc\": [{\"changed outs\": {\"windows\": \"modified\"}}]}\n"
        )
        try project.run(.dvswift, "checkout", "-q", "-f")
        #expect(try project.text(of: "windows") == "a\r\nb\r\n")
    }

    @Test(arguments: ["hardlink", "symlink"])
    func `links lead to the new layout`(type: String) throws {
        let project = try Self.project()
        try project.run(.dvswift, "config", "cache.type", type)
        for name in ["data", "windows"] { try project.remove(name) }
        try project.run(.dvswift, "checkout", "-q")
        try project.run(.dvswift, "cache", "migrate", "--dvc-files")
        try project.run(.dvswift, "gc", "-w", "-f", "-q")
        #expect(try project.text(of: "windows") == "a\r\nb\r\n")
        #expect(try project.text(of: "data/x") == "1\r\n")
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
    }

    @Test func `verify looks at old objects too, and mends them`() throws {
        let project = try Self.project()
        try project.run(.dvswift, "remote", "add", "-q", "-d", "storage", "../remote")
        try project.run(.dvswift, "push", "-q")
        #expect(try project.run(.dvswift, "verify").hasPrefix("Verified 5 objects"))
        #expect(try project.run(.dvswift, "verify", "-r", "storage").contains("5 objects"))
        let name = ObjectName(Digest(of: Array("2\n".utf8), scheme: .md5DOS2Unix))
        for folder in [project.path(".dvc/cache"), project.remote] {
            let file = folder.appending("\(name.text.prefix(2))/\(name.text.dropFirst(2))")
            try file.setPermissions(0o644)
            try file.replaceContents(with: [])
        }
        let found = try project.attempt(.dvswift, "verify")
        #expect(found.status == 1)
        #expect(found.output.contains("damaged   data/sub/y  workspace  \(name)"), "\(found)")
        let options = ["verify", "--cache", "-r", "storage", "--repair"]
        let mended = try project.attempt(.dvswift, options)
        #expect(mended.reason.isSuccess, "\(mended)")
        #expect(mended.output.contains("(from data/sub/y)"))
        #expect(try project.run(.dvswift, "verify", "--cache", "-r", "storage").contains("intact"))
    }

    @Test func `old data can be read, looked up and dropped`() throws {
        let project = try Self.project()
        try project.run(.dvswift, "remote", "add", "-q", "-d", "storage", "../remote")
        try project.run(.dvswift, "push", "-q")
        let name = ObjectName(Digest(of: Array("1\r\n".utf8), scheme: .md5DOS2Unix))
        #expect(try project.run(.dvswift, "log", "data/x").contains(name.text))
        #expect(try project.run(.dvswift, "log", "--object", name.text).contains("data/x"))
        #expect(try project.run(.dvswift, "cache", "drop", "data").contains("Dropped 2 objects"))
        #expect(try !project.pathInDVC2Cache(of: name).exists())
        for revision in [[], ["--rev", "HEAD"]] {
            // Lines without their ends is what a test sees.
            #expect(try project.run(.dvswift, ["cat", "data/x"] + revision).hasPrefix("1"))
        }
        try project.remove("data")
        try project.run(.dvswift, "pull", "-q")
        #expect(try project.text(of: "data/x") == "1\r\n")
    }
}
