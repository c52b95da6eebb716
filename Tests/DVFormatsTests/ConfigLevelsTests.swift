import DVFormats
import DVSystem
import Testing

@Suite struct ConfigLevelsTests {
    @Test func `later levels override earlier ones`() throws {
        let levels = try levels([
            (.global, .dvc, "[core]\nremote = a\nautostage = TRUE\n"),
            (.project, .dvc, "[core]\nremote = B\n['remote \"b\"']\nurl = ../data\n"),
            (.local, .dvc, "['remote \"b\"']\njobs = 4\n"),
        ])
        try levels.validate()
        #expect(try levels.string(key("core.remote")) == "b")
        #expect(try levels.bool(key("core.autostage")) == true)
        #expect(try levels.bool(key("core.analytics")) == nil)
        #expect(try levels.integer(key("remote.b.jobs")) == 4)
        #expect(try levels.path(key("remote.b.url"), home: nil) == "/p/project/data")
        let entry = try #require(levels.entry(key("core.remote")))
        #expect(entry.level == .project && entry.line == 2)
        #expect(levels.remotes == ["b"])
        #expect(levels.remote("b").keys.sorted() == ["jobs", "url"])
        #expect(levels.only(.global).entry(key("core.remote"))?.value == .string("a"))
    }

    @Test func `link types are a list in either form`() throws {
        for text in ["reflink,copy", "\"reflink, copy\""] {
            let levels = try levels([(.project, .dvc, "[cache]\ntype = \(text)\n")])
            try levels.validate()
            #expect(levels.list(key("cache.type")) == ["reflink", "copy"])
        }
    }

    @Test(arguments: [
        ("[core]\nautostge = true\n", 2, "did you mean 'autostage'"),
        ("[core]\nautostage = yes\n", 2, "expected true or false"),
        ("[core]\n\nchecksum_jobs = 0\n", 3, "at least 1"),
        ("[core]\nchecksum_jobs = many\n", 2, "whole number"),
        ("[cor]\nremote = a\n", 1, "did you mean 'core'"),
        ("[cache]\ntype = hard\n", 2, "Unsupported cache type(s): hard"),
        ("[cache]\nshared = all\n", 2, "expected one of group"),
        ("['remote \"x\"']\njobs = 2\n", 1, "expected 'url'"),
        ("['remote \"x\"']\nurl = ftp://a/b\n", 2, "Unsupported URL type ftp://"),
        ("['remote \"x\"']\nurl = /a\nregion = b\n", 3, "no option 'region'"),
        ("['remote \"x\"']\nurl = s3://a/b\nregoin = b\n", 3, "did you mean 'region'"),
        ("['remote \"x\"']\nurl = a, b\n", 2, "not a list"),
        ("['remote \"x\"']\nurl = s3://a/b\nread_timeout = 3.5\n", 3, "whole number"),
        ("['remote \"x\"']\nurl = s3://a/b\ncache_regions = true\n", 3, "DVC refuses"),
        ("[core]\njobs = 3\n", 2, "config.dvswift"),
        ("[hydra]\nconfig_dir = a\nconfig_module = b\n", 3, "only one"),
        ("['remote \"x\"']\nurl = https://a/b\nread_timeout = nan\n", 3, "expected a number"),
    ])
    func `a wrong setting is named with its place`(text: String, line: Int, problem: String) throws
    {
        let levels = try levels([(.project, .dvc, text)])
        let error = #expect(throws: FormatError.self) { try levels.validate() }
        #expect(error?.line == line)
        #expect(error?.file == "project config")
        #expect(error?.problem.contains(problem) == true, "\(String(describing: error))")
    }

    @Test(arguments: [
        "[core]\nno_scm = True\n", "[feature]\nanything = 1\n", "[cache]\nprotected = true\n",
        "['remote \"x\"']\nurl = remote://y/sub\nport = 1\nfoo = bar\n",
        "['remote \"x\"']\nurl = file:///tmp/x\ntype = copy\n",
        "['remote \"x\"']\nurl = ssh://h/p\nport = 22\nask_password = False\n",
        "['remote \"x\"']\nurl = s3://b/p\nread_timeout = \" 3 \"\nconnect_timeout = 1_0\n",
        "['db \"x\"']\nurl = a\n", "[exp]\ncode = src\nauto_push = true\n", "",
    ])
    func `what DVC accepts is accepted`(text: String) throws {
        try levels([(.project, .dvc, text)]).validate()
    }

    @Test func `own options live in their own files`() throws {
        let levels = try levels([
            (.project, .dvc, "['remote \"x\"']\nurl = /a\n"),
            (
                .project, .dvswift,
                "[cache]\ncompression = ZSTD\n['remote \"x\"']\nlayout = encoded\n"
            ),
            (.local, .dvswift, "[core]\njobs = 2\n['remote \"gone\"']\nlayout = plain\n"),
        ])
        try levels.validate()
        #expect(levels.entry(key("cache.compression"))?.value == .string("zstd"))
        #expect(try levels.integer(key("core.jobs")) == 2)
        #expect(ConfigOwner.of(key("remote.x.layout")) == .dvswift)
        #expect(ConfigOwner.of(key("cache.compression_level")) == .dvswift)
        #expect(ConfigOwner.of(key("remote.x.url")) == .dvc)
        #expect(ConfigOwner.of(key("core.jbos")) == .dvc)
        let misplaced = try self.levels([(.project, .dvswift, "[core]\nremote = a\n")])
        #expect(throws: FormatError.self) { try misplaced.validate() }
    }

    @Test func `files are where DVC looks for them`() throws {
        let project = try #require(AbsolutePath("/p/.dvc"))
        let plain = ConfigLocations(environment: ["HOME": "/h"], dvcDirectory: project)
        #expect(
            plain.all.map(\.path.string) == [
                "/etc/xdg/dvc/config", "/etc/xdg/dvc/config.dvswift", "/h/.config/dvc/config",
                "/h/.config/dvc/config.dvswift", "/p/.dvc/config", "/p/.dvc/config.dvswift",
                "/p/.dvc/config.local", "/p/.dvc/config.dvswift.local",
            ]
        )
        let xdg = ["XDG_CONFIG_HOME": "/x", "XDG_CONFIG_DIRS": "rel:/s:/t", "HOME": "/h"]
        let other = ConfigLocations(environment: xdg, dvcDirectory: nil)
        #expect(other.file(.system)?.string == "/s/dvc/config")
        #expect(other.file(.global)?.string == "/x/dvc/config")
        #expect(other.file(.local) == nil)
        let own = ["DVC_GLOBAL_CONFIG_DIR": "/g", "DVC_SYSTEM_CONFIG_DIR": "/y", "HOME": "/h"]
        let moved = ConfigLocations(environment: own, dvcDirectory: nil)
        #expect(
            moved.all.map(\.path.string).prefix(3) == [
                "/y/config", "/y/config.dvswift", "/g/config",
            ]
        )
    }

    /// Written by DVC 3.67.1 from `/p/sub` into `/p/.dvc/config`.
    @Test(arguments: [
        ("store", "../sub/store"), ("../store", "../store"), ("../../store", "../../store"),
        ("/abs", "/abs"), ("s3://b/p", "s3://b/p"), ("~/x", "~/x"), ("~", "~"), ("../.dvc/x", "x"),
        ("../.dvc", "."), ("./a/../b", "../sub/b"), ("a:b", "../sub/a:b"),
    ])
    func `a relative path is written from its file's folder`(typed: String, stored: String) throws {
        let folder = try #require(AbsolutePath("/p/.dvc"))
        let text = ConfigPaths.store(
            typed,
            workingDirectory: try #require(AbsolutePath("/p/sub")),
            configDirectory: folder,
            home: "/h"
        )
        #expect(text == stored)
        let meaning = ConfigPaths.resolve(stored, configDirectory: folder, home: "/h")
        let isKept = typed.hasPrefix("/") || typed.contains("://")
        let expected =
            typed.hasPrefix("~")
            ? "/h" + typed.dropFirst()
            : isKept
                ? typed
                : try AbsolutePath(typed, relativeTo: #require(AbsolutePath("/p/sub"))).string
        #expect(meaning == expected)
    }

    private func levels(
        _ texts: [(level: ConfigLevel, owner: ConfigOwner, text: String)]
    ) throws -> ConfigLevels {
        try ConfigLevels(texts: texts)
    }

    private func key(_ text: String) -> ConfigKey {
        ConfigKey(text) ?? ConfigKey(.plain("missing"), text)
    }
}
