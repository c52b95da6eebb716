import DVSystem
import DVTestSupport
import Testing

/// Ways to sign on at HTTP and WebDAV servers, through the real binary.
@Suite struct LoginTests {
    private let project: TemporaryProject
    /// A folder on the server that no other test has.
    private let folder: String

    init() throws {
        project = try TemporaryProject()
        folder = project.surroundings.string.replacing("/", with: "-")
        try project.write("one\n", to: "data")
        try project.run(.dvswift, "add", "data")
        try project.run(.dvswift, "config", "--unset", "core.autostage")
    }

    private func use(_ url: String, _ options: [String: String]) throws {
        try project.run(.dvswift, "remote", "add", "--default", "--force", "far", url)
        for (name, value) in options {
            try project.run(.dvswift, "remote", "modify", "--local", "far", name, value)
        }
    }

    private func expectPushed() throws {
        let pushed = try attempt(["push"]).checkingSuccess()
        #expect(pushed.output == "1 file pushed\n")
        for name in ["data", ".dvc/cache"] { try project.remove(name) }
        try attempt(["pull"]).checkingSuccess()
        #expect(try project.text(of: "data") == "one\n")
    }

    /// Without a terminal, whatever the tests run on.
    private func attempt(_ arguments: [String]) throws -> ProgramResult {
        try project.attempt(["setsid", "--wait", Tool.dvswift.program] + arguments)
    }

    private func useHTTP(_ way: String, _ options: [String: String]) throws {
        try use(LoginServer.shared.get().url(way) + "/\(folder)", options)
    }

    @Test(arguments: ["basic", "digest", "custom", "none"])
    func `HTTP servers are told who we are in their way`(way: String) throws {
        let server = try LoginServer.shared.get()
        var options = ["method": "PUT", "user": server.user, "password": server.password]
        if way == "custom" { options["custom_auth_header"] = "X-Access" }
        // Without a way, a user is told as browsers do it.
        if way != "none" { options["auth"] = way }
        let place = ["custom": "header", "none": "basic"][way] ?? way
        try useHTTP(place, options)
        try expectPushed()
        options["password"] = "wrong"
        try useHTTP(place, options)
        for command in ["push", "pull"] {
            let refused = try attempt([command])
            #expect(refused.reason == .exited(1))
            #expect(refused.errors.contains("access denied: the server answers 401"), "\(refused)")
            #expect(!refused.errors.contains("wrong"))
            try project.remove(".dvc/cache")
        }
    }

    @Test func `DVC signs on with the same settings`() throws {
        let server = try LoginServer.shared.get()
        let options = [
            "method": "PUT", "auth": "custom", "custom_auth_header": "X-Access",
            "password": server.password,
        ]
        try useHTTP("header", options)
        #expect(try attempt(["push"]).checkingSuccess().output == "1 file pushed\n")
        #expect(try project.run(.dvc, "push") == "Everything is up to date.\n")
    }

    @Test func `a server is asked to write by the method that it knows`() throws {
        try useHTTP("only-post", [:])
        try expectPushed()
        try useHTTP("only-post", ["method": "PUT"])
        try project.write("two\n", to: "data")
        try project.run(.dvswift, "add", "data")
        #expect(try attempt(["push"]).errors.contains("the server answers 405"))
    }

    @Test(arguments: [
        (["ask_password": "true", "user": "dv"], "ask_password is set, and there is no terminal"),
        (["auth": "basic", "user": "dv"], "auth is 'basic': user and password are needed"),
        (["auth": "custom", "password": "p"], "custom_auth_header and password are needed"),
    ])
    func `what is missing for signing on is told`(options: [String: String], why: String) throws {
        try useHTTP("basic", options)
        let result = try attempt(["push"])
        #expect(result.reason == .exited(251))
        #expect(result.errors.contains(why), "\(result)")
    }
}

/// WebDAV.
extension LoginTests {
    enum Way: String, CaseIterable { case token, command, header, password, certificate, anyone }

    /// Where, and by which settings; all of them DVC's too.
    private func settings(_ way: Way) throws -> (url: String, options: [String: String]) {
        let server = try WebDAVServer.shared.get()
        let trust = ["ssl_verify": server.certificate.file.string]
        return switch way {
        case .token: (server.tokenURL, ["token": server.token])
        case .command: (server.tokenURL, ["bearer_token_command": "printf \(server.token)"])
        case .header:
            (server.headerURL, ["custom_auth_header": "X-Access", "password": server.token])
        case .password:
            (
                server.secureURL,
                trust.merging(["user": server.user, "password": server.password]) { $1 }
            )
        case .certificate:
            (
                server.certifiedURL,
                trust.merging([
                    "cert_path": server.certificate.file.string,
                    "key_path": server.certificate.key.string,
                ]) { $1 }
            )
        case .anyone:
            (
                server.secureURL,
                ["ssl_verify": "false", "user": server.user, "password": server.password]
            )
        }
    }

    private func useWebDAV(_ way: Way, _ changes: [String: String] = [:]) throws {
        let (url, options) = try settings(way)
        // DVC does not make the folder that the address itself names.
        try WebDAVServer.shared.get().root.appending(folder).makeDirectories()
        try use(
            url.replacing("http", with: "webdav", maxReplacements: 1) + "/\(folder)",
            options.merging(changes) { $1 }
        )
    }

    @Test(arguments: Way.allCases)
    func `WebDAV servers are told who we are in every way that DVC knows`(way: Way) throws {
        try useWebDAV(way)
        try expectPushed()
        // DVC does not know how to trust anyone, and forgets its certificate where it is told whom to trust.
        if ![.anyone, .certificate].contains(way) {
            #expect(try project.run(.dvc, "push") == "Everything is up to date.\n")
        }
    }

    @Test(arguments: [
        (Way.token, ["token": "wrong"], "answers 401"),
        (.command, ["bearer_token_command": "echo wrong"], "answers 401"),
        (.command, ["bearer_token_command": "echo no such user >&2; exit 3"], "no such user"),
        (.header, ["password": "wrong"], "answers 401"),
        (.password, ["password": "wrong"], "answers 401"),
        (.password, ["ssl_verify": "true"], "cannot be trusted"),
        (.certificate, ["cert_path": "/nowhere.pem"], "cannot be trusted"),
    ])
    func `who is not let in is told why`(
        way: Way,
        changes: [String: String],
        why: String
    ) throws {
        try useWebDAV(way, changes)
        let result = try attempt(["push"])
        #expect(!result.reason.isSuccess)
        #expect(result.errors.contains(why), "\(result)")
        #expect(!result.errors.contains("wrong"))
    }
}
