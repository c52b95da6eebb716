import DVSystem
import DVTestSupport
import Testing

/// Secrets of remotes, through the real binary: where they are kept, and where they are not shown.
@Suite struct RemoteSettingsTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
        try project.run(.dvswift, "remote", "add", "far", "s3://bucket/path")
    }

    @Test(arguments: [
        (["remote", "modify", "Far", "Secret_Access_Key", "Pa55"], "remote modify", "far "),
        (["config", "remote.far.secret_access_key", "Pa55"], "config", "remote.far."),
        (["config", "--project", "remote.far.secret_access_key", "Pa55"], "config", "remote.far."),
    ])
    func `a secret for everybody is written with a warning that says how to keep it`(
        arguments: [String],
        command: String,
        name: String
    ) throws {
        let result = try project.attempt(.dvswift, arguments).checkingSuccess()
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("WARNING: 'remote.far.secret_access_key' is a secret"))
        let option = name + "secret_access_key"
        #expect(result.errors.contains("dvswift \(command) --unset \(option)\n"))
        #expect(result.errors.contains("dvswift \(command) --local \(option) <value>"))
        #expect(!result.errors.contains("Pa55"))
        #expect(try project.text(of: ".dvc/config").contains("secret_access_key = Pa55"))
        let undo = "\(command) --unset \(option)".split(separator: " ")
        try project.run(.dvswift, undo.map { String($0) })
        #expect(try !project.text(of: ".dvc/config").contains("Pa55"))
    }

    @Test(arguments: ["--local", "--global", "--system"])
    func `a secret of one user is written without a word`(level: String) throws {
        let key = "remote.far.session_token"
        if level != "--local" {
            try project.run(.dvswift, "config", level, "remote.far.url", "s3://bucket/path")
        }
        let result = try project.attempt(.dvswift, "config", level, key, "Pa55").checkingSuccess()
        #expect(result.errors.isEmpty)
        #expect(try project.run(.dvswift, "config", key) == "Pa55\n")
        let again = try project.attempt(.dvswift, "config", "--unset", level, key)
        #expect(try again.checkingSuccess().errors.isEmpty)
    }

    @Test func `lists show secrets and passwords in addresses only when told to`() throws {
        try project.run(.dvswift, "config", "--local", "remote.far.secret_access_key", "Pa55")
        try project.run(.dvswift, "config", "--local", "remote.far.access_key_id", "AKIA1")
        let added = try project.attempt(
            .dvswift,
            ["remote", "add", "web", "https://me:Pa55@host/data"]
        )
        #expect(added.errors.contains("WARNING: 'remote.web.url' holds a password"))
        #expect(!added.errors.contains("Pa55"))
        for list in [
            ["config", "--list"], ["config", "--list", "--show-origin"], ["remote", "list"],
        ] {
            let hidden = try project.run(.dvswift, list)
            #expect(hidden.contains("https://me:…@host/data"))
            #expect(!hidden.contains("Pa55"))
            let shown = try project.run(.dvswift, list + ["--show-secrets"])
            #expect(shown.contains("https://me:Pa55@host/data"))
            guard list[0] == "config" else { continue }
            #expect(hidden.contains("remote.far.secret_access_key=…\n"))
            #expect(hidden.contains("remote.far.access_key_id=AKIA1\n"))
            #expect(shown.contains("remote.far.secret_access_key=Pa55\n"))
        }
        #expect(try project.run(.dvswift, "config", "remote.far.secret_access_key") == "Pa55\n")
    }

    @Test func `an import that records secrets in its pointer says so`() throws {
        let words = ["import", "--no-exec", "https://me:Pa55@host/repo.git", "data"]
        let options = ["--remote-config", "user=me", "password=Pa55"]
        let errors = try project.attempt(.dvswift, words + options).checkingSuccess().errors
        #expect(errors.split(separator: "WARNING: ").count == 2)
        #expect(errors.contains("'password' is a secret"))
        #expect(errors.contains("The address holds a password"))
        #expect(!errors.contains("Pa55"))
    }

    @Test func `options that are no secrets are written without a word`() throws {
        for (option, value) in [
            ("endpointurl", "http://host:1"), ("access_key_id", "AKIA1"), ("use_ssl", "false"),
        ] {
            let words = ["remote", "modify", "far", option, value]
            #expect(try project.attempt(.dvswift, words).checkingSuccess().errors.isEmpty)
        }
    }

    @Test func `a remote below another one has its place and its settings`() throws {
        try project.run(.dvswift, "remote", "add", "share", project.remote.string)
        try project.run(.dvswift, "remote", "add", "-d", "mine", "remote://share/of/mine")
        try project.write("one\n", to: "a")
        try project.run(.dvswift, "add", "a")
        try project.run(.dvswift, "push")
        #expect(try project.remote.appending("of/mine/files/md5/5b").exists())
        try project.run(.dvswift, "remote", "modify", "share", "url", "remote://mine")
        let result = try project.attempt(.dvswift, "push")
        #expect(result.status == 251)
        #expect(result.errors.contains("refer to each other: mine, share, mine"))
    }
}
