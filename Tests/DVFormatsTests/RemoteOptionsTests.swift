import DVFormats
import DVSystem
import Testing

/// The settings of one remote, as its client gets them.
@Suite struct RemoteOptionsTests {
    @Test func `values are typed, and paths are resolved against the file that sets them`() throws {
        let options = try #require(
            try options(
                "['remote \"x\"']\nurl = ssh://host/data\nport = 22\nkeyfile = keys/id\nask_password = TRUE\n"
                    + "type = reflink,copy\n",
                local: "['remote \"x\"']\nuser = me\nallow_agent = false\nkeyfile = ../id\n"
            )
        )
        #expect(options.name == "x")
        #expect(options.url == "ssh://host/data")
        #expect(options.scheme == "ssh")
        #expect(options.integer("port") == 22)
        #expect(options.string("user") == "me")
        #expect(options.flag("ask_password") == true)
        #expect(options.flag("allow_agent") == false)
        #expect(options.flag("gss_auth") == nil)
        #expect(options.file("keyfile")?.string == "/p/local/id")
        #expect(options.list("type") == ["reflink", "copy"])
        #expect(options.string("password") == nil)
    }

    @Test func `flags that DVC knows a default of have it`() throws {
        let s3 = try #require(try options("['remote \"x\"']\nurl = s3://b/p\n"))
        #expect(s3.flag("use_ssl") == true)
        #expect(s3.flag("verify") == false)
        #expect(s3.flag("version_aware") == nil)
        let oss = try #require(try options("['remote \"x\"']\nurl = oss://b/p\nverify = false\n"))
        #expect(oss.flag("verify") == false)
        #expect(try options("['remote \"x\"']\nurl = oss://b/p\n")?.flag("verify") == true)
    }

    @Test(arguments: [
        ("", CertificateTrust.system), ("ssl_verify = True", .system),
        ("ssl_verify = false", .anything), ("ssl_verify = ca.pem", .file("ca.pem")),
    ])
    func `certificates are trusted as the option says`(
        line: String,
        expected: CertificateTrust
    ) throws {
        let options = try options("['remote \"x\"']\nurl = https://host/data\n\(line)\n")
        #expect(options?.certificates == expected)
    }

    @Test func `a reference takes what it does not set from the remote it names`() throws {
        let base =
            "['remote \"server\"']\nurl = ssh://localhost/srv\nuser = root\nask_password = true\n"
        let images =
            "['remote \"images\"']\nurl = remote://Server/tmp/pictures\nuser = alice\nport = 2\n"
        let deep = "['remote \"deep\"']\nurl = remote://images/a/b\nask_password = false\n"
        let text = base + images + deep
        let first = try #require(try options(text, name: "images"))
        #expect(first.url == "ssh://localhost/srv/tmp/pictures")
        #expect(first.string("user") == "alice")
        #expect(first.flag("ask_password") == true)
        let second = try #require(try options(text, name: "deep"))
        #expect(second.url == "ssh://localhost/srv/tmp/pictures/a/b")
        #expect(second.integer("port") == 2)
        #expect(second.flag("ask_password") == false)
    }

    @Test func `a reference may lead to a folder of this machine`() throws {
        let text = "['remote \"a\"']\nurl = ../share\n['remote \"b\"']\nurl = remote://a/x y\n"
        let options = try #require(try options(text, name: "b"))
        #expect(options.url == "/p/project/share/x y")
        #expect(options.scheme == nil)
    }

    @Test(arguments: [
        ("url = remote://y/z\n", "remote 'y' doesn't exist", 2),
        ("url = remote://x\n", "refer to each other: x, x", 2),
        ("url = remote://a/z\nregion = b\n", "no option 'region'", 3),
        ("url = remote://a/z\nport = many\n", "whole number", 3),
        ("url = ssh://h/z\n\nkeyfle = 1\n", "did you mean 'keyfile'", 4),
    ])
    func `what cannot be is named with its place`(text: String, problem: String, line: Int) throws {
        let others = "['remote \"a\"']\nurl = ssh://host/data\n"
        let error = #expect(throws: FormatError.self) {
            try options("['remote \"x\"']\n" + text + others)
        }
        #expect(error?.line == line)
        #expect(error?.problem.contains(problem) == true, "\(String(describing: error))")
    }

    @Test func `an address may be given with options of its own`() throws {
        let text = "['remote \"a\"']\nurl = s3://bucket\nregion = eu\nendpointurl = http://h\n"
        let levels = try ConfigLevels(texts: [(.project, .dvc, text)])
        let options = try levels.remoteOptions(
            url: "remote://a/x",
            adding: [StorageOption(name: "region", value: "us")],
            home: nil
        )
        #expect(options.name == nil)
        #expect(options.url == "s3://bucket/x")
        #expect(options.string("region") == "us")
        #expect(options.string("endpointurl") == "http://h")
        #expect(throws: FormatError.self) {
            try levels.remoteOptions(
                url: "https://h/x",
                adding: [StorageOption(name: "region", value: "us")],
                home: nil
            )
        }
    }

    private func options(
        _ project: String,
        local: String = "",
        name: String = "x"
    ) throws -> RemoteOptions? {
        try ConfigLevels(texts: [(.project, .dvc, project), (.local, .dvc, local)])
            .remoteOptions(name, home: "/h")
    }
}
