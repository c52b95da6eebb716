import DVFormats
import Testing

@Suite struct ConfigFileTests {
    /// The file after the same commands of DVC 3.67.1: `remote add -d`, `remote add`, `config`, `remote modify` with values that
    /// need quotes, `config cache.type`, `cache dir`, `remote rename`, `remote add -f`, `remote default`.
    @Test func `edits write what the commands of DVC write`() throws {
        var file = try parse("[core]\n    no_scm = True\n")
        try file.set("origin", for: key("core.remote"))
        try file.set("../../store", for: key("remote.origin.url"))
        try file.set("s3://bucket/path", for: key("remote.Second.url"))
        try file.set("true", for: key("core.autostage"))
        try file.set("eu, west", for: key("remote.second.region"))
        try file.set(#"it's "q""#, for: key("remote.second.profile"))
        try file.set("reflink,copy", for: key("cache.type"))
        try file.set("../../shared", for: key("cache.dir"))
        try file.set("true", for: key("remote.origin.verify"))
        expect(
            file,
            """
            [core]
                no_scm = True
                remote = origin
                autostage = true
            [cache]
                type = "reflink,copy"
                dir = ../../shared
            ['remote "origin"']
                url = ../../store
                verify = true
            ['remote "second"']
                url = s3://bucket/path
                region = "eu, west"
                profile = '''it's "q"'''

            """
        )
        file.renameSection(.remote("origin"), to: .remote("main"))
        try file.set("main", for: key("core.remote"))
        try file.replaceSection(.remote("second"), with: [("url", "/abs/x")])
        file.unset(key("cache.type"))
        file.unset(key("cache.dir"))
        try file.set("a#b c", for: key("remote.third.url"))
        try file.set(" lead", for: key("core.site_cache_dir"))
        try file.set("", for: key("plots.html_template"))
        expect(
            file,
            """
            [core]
                no_scm = True
                remote = main
                autostage = true
                site_cache_dir = " lead"
            [plots]
                html_template = ""
            ['remote "second"']
                url = /abs/x
            ['remote "main"']
                url = ../../store
                verify = true
            ['remote "third"']
                url = "a#b c"

            """
        )
    }

    @Test func `removing everything leaves a lone line end, as DVC does`() throws {
        var file = ConfigFile()
        #expect(file.serialized().isEmpty)
        try file.set("x", for: key("remote.x.url"))
        file.removeSection(.remote("x"))
        expect(file, "\n")
        var again = try parse("\n")
        try again.set("true", for: key("core.autostage"))
        expect(again, "[core]\n    autostage = true\n")
    }

    @Test func `a section's last option takes a plain section with it, not a named one`() throws {
        var file = try parse("[core]\n    remote = x\n['remote \"x\"']\n    url = y\n")
        file.unset(key("core.remote"))
        file.unset(key("remote.x.url"))
        expect(file, "['remote \"x\"']\n")
    }

    @Test func `comments, order and spelling of other lines survive edits`() throws {
        let text = """
            # Settings of the team

            [Core]   # main
            \tRemote=origin   # the shared one
              autostage   =   true
            # about the store
            ['remote "origin"']
                url = /store  # do not move

            # the end

            """
        var file = try parse(text)
        expect(file, text)
        try file.set("backup", for: key("core.remote"))
        try file.set("/b", for: key("remote.backup.url"))
        try file.set("copy", for: key("cache.type"))
        file.unset(key("core.autostage"))
        expect(
            file,
            """
            # Settings of the team

            [Core]   # main
            \tRemote = backup # the shared one
            [cache]
                type = copy
            # about the store
            ['remote "origin"']
                url = /store  # do not move
            ['remote "backup"']
                url = /b

            # the end

            """
        )
    }

    @Test func `a comment above the first remote stays with it`() throws {
        var file = try parse("# mine\n['remote \"x\"']\n    url = y\n")
        try file.set("x", for: key("core.remote"))
        expect(file, "[core]\n    remote = x\n# mine\n['remote \"x\"']\n    url = y\n")
    }

    @Test func `line ends of the file are kept`() throws {
        var file = try parse("[core]\r\n    remote = x\r\n")
        try file.set("y", for: key("core.remote"))
        expect(file, "[core]\r\n    remote = y\r\n")
    }

    /// What configobj 5.0.9 makes of a value.
    @Test(arguments: [
        ("plain", ["plain"]), ("two words ", ["two words"]), ("a#b", ["a"]), ("a # b, c", ["a"]),
        (#""a # b, c""#, ["a # b, c"]), ("'q'  # c", ["q"]), (#""a"b""#, [#"a"b"#]), ("", [""]),
        ("a, b", ["a", "b"]), ("a,", ["a"]), ("'a', \"b,c\" , d", ["a", "b,c", "d"]), (",", []),
        ("'''x'y\"z'''", ["x'y\"z"]), ("\"\"\"a\nb\"\"\" # c", ["a\nb"]), ("%(x)s", ["%(x)s"]),
        ("s3://bucket/p?x=1", ["s3://bucket/p?x=1"]), ("''", [""]),
    ])
    func `values are read as configobj reads them`(text: String, items: [String]) throws {
        let file = try parse("[a]\nx = \(text)\ny = end\n")
        let value = try #require(file[ConfigKey(.plain("a"), "x")])
        switch value {
        case .string(let text): #expect([text] == items)
        case .list(let list): #expect(list == items)
        }
        #expect(file[ConfigKey(.plain("a"), "y")] == .string("end"))
    }

    @Test(arguments: [
        "a", "a b", " a", "a ", "a,b", "a#b", "'a'", "\"a\"", "a'b", "a\"b", "a'b\"c", "a'''b\"c",
        "a\nb", "", "=", "[x]", "x = y", "\\", "ü", "'", "\"", ",", "#", "\t", "a'\"",
    ])
    func `any value survives`(value: String) throws {
        var file = ConfigFile()
        try file.set(value, for: key("core.remote"))
        let again = try ConfigFile(parsing: file.serialized(), file: "config")
        #expect(again[key("core.remote")] == .string(value))
    }

    @Test(arguments: ["a\"\"\"\nb'''c", "a\u{0}b", "a\rb"])
    func `a value that the syntax cannot hold is refused`(value: String) throws {
        var file = try parse("[core]\n    remote = x\n")
        #expect(throws: FormatError.self) { try file.set(value, for: key("core.remote")) }
        expect(file, "[core]\n    remote = x\n")
    }

    @Test(arguments: [
        ("x = 1\n", 1), ("[a]\nx\n", 2), ("[a]\nx = 1\nX = 2\n", 3), ("[a]\n[b]\n[a]\n", 3),
        ("[a]\n[[b]]\n", 2), ("[a\n", 1), ("[a]]\n", 1), ("[a]\nx = 'b\n", 2),
        ("[a]\nx = a,,b\n", 2),
        ("[a]\nx = '''b\n\n", 2), ("[a]\n= b\n", 2), ("[]\n", 1), ("[a]\nx = \"\"\"b\"\"\"c\n", 2),
    ])
    func `malformed text is refused with its line`(text: String, line: Int) {
        let error = #expect(throws: FormatError.self) { try parse(text) }
        #expect(error?.line == line, "\(String(describing: error))")
    }

    @Test func `keys are read as the command line writes them`() {
        #expect(ConfigKey("Core.Remote") == ConfigKey(.plain("core"), "remote"))
        #expect(ConfigKey("remote.My.URL") == ConfigKey(.remote("my"), "url"))
        #expect(ConfigKey("core") == nil)
        #expect(ConfigKey("a.b.c") == nil)
        #expect(ConfigKey("remote.a.b.c") == nil)
    }

    private func parse(_ text: String) throws -> ConfigFile {
        try ConfigFile(parsing: Array(text.utf8), file: ".dvc/config")
    }

    private func key(_ text: String) -> ConfigKey {
        ConfigKey(text) ?? ConfigKey(.plain("missing"), text)
    }

    private func expect(
        _ file: ConfigFile,
        _ text: String,
        at location: SourceLocation = #_sourceLocation
    ) {
        let written = String(decoding: file.serialized(), as: UTF8.self)
        #expect(written == text, sourceLocation: location)
    }
}
