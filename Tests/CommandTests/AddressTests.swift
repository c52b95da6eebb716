import DVSystem
import DVTestSupport
import Testing

/// Addresses of servers through the real binary.
@Suite struct AddressTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
        try project.run(.dvswift, "config", "--unset", "core.autostage")
    }

    @Test func `a plain web server needs no project, no ranges and no tags`() throws {
        try project.write("hello\n", to: "../site/dir/file")
        let server = try PlainHTTPServer(serving: project.path("../site"))
        defer { server.stop() }
        let url = server.url + "/dir/file"
        try project.run(.dvswift, "get-url", url + "?version=1")
        try project.run(.dvswift, "get-url", "--force", url)
        let outside = try TemporaryDirectory()
        try project.attempt(["mkdir", "\(outside.path)/x"]).checkingSuccess()
        try project.attempt(
            ["sh", "-c", "cd '\(outside.path)/x' && '\(Tool.dvswift.program)' get-url '\(url)'"]
        ).checkingSuccess()
        #expect(try outside.appending("x/file").readBytes() == Array("hello\n".utf8))
        try project.remove("file")
        try project.run(.dvswift, "import-url", "-q", url)
        // Nothing tells contents apart but their bytes.
        #expect(
            try project.text(of: "file.dvc").contains("- md5: b1946ac92492d2347c6235b4d2611184")
        )
        #expect(try project.run(.dvswift, "update", "file.dvc").hasSuffix("skipping\n"))
        try project.write("other\n", to: "../site/dir/file")
        try project.run(.dvswift, "update", "file.dvc")
        #expect(try project.text(of: "file") == "other\n")
    }

    @Test func `an import that fails writes nothing and shows no secret`() throws {
        let server = try WebDAVServer.shared.get()
        let address = server.url.replacing("http://", with: "webdav://me:Pa55@") + "/none"
        let result = try project.attempt(.dvswift, "import-url", address)
        #expect(result.status == 1)
        #expect(!result.errors.contains("Pa55"), "\(result)")
        #expect(result.errors.contains("access denied"), "\(result)")
        #expect(try !project.exists("none.dvc") && !project.exists("none"))
    }

    @Test func `an import by an address that names a version is left as it is`() throws {
        let pointer =
            "frozen: true\ndeps:\n- etag: abc\n  size: 1\n  version_id: v1\n  hash: md5\n"
            + "  path: s3://bucket/a?versionId=v1\n  fs_config:\n    version_aware: true\n"
            + "outs:\n- md5: b026324c6904b2a9cb4b88d6d61c81d1\n  size: 2\n  hash: md5\n"
            + "  path: a\n  push: false\n"
        try project.write(pointer, to: "a.dvc")
        let result = try project.attempt(.dvswift, "update", "a.dvc")
        #expect(result.status == 1 && result.errors.contains("names one version"), "\(result)")
        #expect(try project.run(.dvswift, "status").hasPrefix("a.dvc:\n"))
        #expect(try project.text(of: "a.dvc") == pointer)
    }

    @Test func `a dependency that is gone from its server is told`() throws {
        try project.write("1\n", to: "../site/a")
        let server = try PlainHTTPServer(serving: project.path("../site"))
        defer { server.stop() }
        let url = server.url + "/a"
        try project.run(
            .dvswift,
            "stage",
            "add",
            "-q",
            "-n",
            "s",
            "-d",
            url,
            "-o",
            "out",
            "echo 1 > out"
        )
        try project.run(.dvswift, "repro", "-q")
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
        try project.remove("../site/a")
        let status = try project.run(.dvswift, "status", "--json")
        #expect(status == #"{"s": [{"changed deps": {"\#(url)": "deleted"}}]}"# + "\n")
        let result = try project.attempt(.dvswift, "repro")
        #expect(result.errors.contains("dependency '\(url)' does not exist"))
    }

    @Test func `settings of another repository run no program`() throws {
        let source = try TemporaryProject()
        try source.write("data\n", to: "data")
        try source.run(.dvswift, "add", "-q", "data")
        try source.run(.dvswift, "remote", "add", "-q", "-d", "far", "webdav://127.0.0.1:1/x")
        let trap = "touch '\(source.path("../trapped"))'"
        try source.run(
            .dvswift,
            "remote",
            "modify",
            "-q",
            "far",
            "bearer_token_command",
            trap
        )
        try source.attempt(["git", "add", "-A"]).checkingSuccess()
        try source.attempt(["git", "commit", "-qm", "all"]).checkingSuccess()
        try source.remove(".dvc/cache")
        try source.remove("data")
        let result = try project.attempt(.dvswift, "get", source.root.string, "data")
        #expect(result.status != 0)
        #expect(result.errors.contains("'bearer_token_command' may run a program"), "\(result)")
        #expect(try !source.exists("../trapped"))
    }
}
