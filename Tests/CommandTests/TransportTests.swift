import DVSystem
import DVTestSupport
import Testing

/// Repositories that are reached as Git reaches them, through the real binary and real servers.
@Suite struct TransportTests {
    /// A project that has imported nothing yet.
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
        try project.commitAll("init")
        let source = try project.clone(named: "source")
        try source.write("one\n", to: "data/a")
        try source.write("two\n", to: "data/sub/b")
        try source.write("code\n", to: "run.sh")
        try source.run(.dvswift, "add", "data")
        try source.run(.dvswift, "remote", "add", "-d", "store", source.remote.string)
        try source.run(.dvswift, "push")
        try source.commitAll("first")
        try source.run(.git, "tag", "v1")
        try source.run(.git, "clone", "-q", "--bare", ".", "../served/data.git")
    }

    private var served: AbsolutePath { project.surroundings.appending("served") }

    /// Everything that is done with another repository, from one at `url`.
    private func work(with url: String, adding variables: [String: String] = [:]) throws {
        func run(_ arguments: String...) throws -> String {
            try project.attempt(.dvswift, arguments, adding: variables).checkingSuccess().output
        }
        #expect(try run("ls", url, "data", "-R", "--rev", "v1") == "a\nsub/b\n")
        _ = try run("get", url, "run.sh", "-o", "got.sh")
        #expect(try project.text(of: "got.sh") == "code\n")
        _ = try run("import", url, "data")
        #expect(try project.text(of: "data/sub/b") == "two\n")
        #expect(try run("update", "data.dvc").hasSuffix("didn't change, skipping\n"))
        for name in ["data", ".dvc/cache"] { try project.remove(name) }
        _ = try run("pull")
        #expect(try project.text(of: "data/a") == "one\n")
    }

    private func failure(
        of url: String,
        adding variables: [String: String] = [:]
    ) throws -> String {
        let result = try project.attempt(.dvswift, ["ls", url], adding: variables)
        #expect(result.status == 1)
        #expect(result.errors.contains("Failed to clone repo"))
        return result.errors
    }

    @Test func `the protocol of Git serves lists, copies, imports and updates`() throws {
        let server = try LoopbackServer.git(serving: served)
        try work(with: "git://127.0.0.1:\(server.port)/data.git")
        #expect(try failure(of: "git://127.0.0.1:\(server.port)/none.git").contains("none.git"))
    }

    @Test func `HTTP serves lists, copies, imports and updates`() throws {
        let server = try LoopbackServer.http(serving: served)
        try work(with: "http://127.0.0.1:\(server.port)/data.git")
        let errors = try failure(of: "http://127.0.0.1:\(server.port)/none.git")
        #expect(errors.contains("404"))
    }

    @Test func `HTTPS needs a certificate that is trusted`() throws {
        let certificate = try TestCertificate(in: project.surroundings)
        let server = try LoopbackServer.http(serving: served, certificate: certificate.withKey)
        let url = "https://localhost:\(server.port)/data.git"
        try work(with: url, adding: ["GIT_SSL_CAINFO": certificate.file.string])
        try project.remove("../home/cache/dvswift")
        #expect(try failure(of: url).contains("the certificate of localhost is not trusted"))
        try project.run(.git, "config", "--global", "http.sslCAInfo", certificate.file.string)
        #expect(try project.run(.dvswift, "ls", url, "data") == "a\nsub\n")
    }

    // MARK: Who is asking

    /// A credential helper that gives `password` and notes what it is asked to do.
    private func setHelper(password: String) throws {
        let script = """
            #!/bin/sh
            echo "$1" >> ../asked
            grep -q 127.0.0.1 && [ "$1" = get ] && echo username=me && echo password=\(password)
            exit 0
            """
        try project.write(script, to: "../helper")
        try project.attempt(["chmod", "+x", "../helper"]).checkingSuccess()
        let helper = project.path("../helper").string
        try project.run(.git, "config", "--global", "credential.helper", helper)
    }

    @Test func `credentials come from Git's helpers, which learn whether they were right`() throws {
        let server = try LoopbackServer.http(serving: served, login: "me:secret")
        let url = "http://127.0.0.1:\(server.port)/data.git"
        #expect(try failure(of: url).contains("127.0.0.1 asks for a user name and a password"))
        try setHelper(password: "wrong")
        #expect(try failure(of: url).contains("refuses the password or token of 'me'"))
        #expect(try project.text(of: "../asked") == "get\nerase\n")
        try setHelper(password: "secret")
        try work(with: url)
        #expect(try project.text(of: "../asked").hasPrefix("get\nerase\nget\nstore\n"))
    }

    @Test func `credentials in an address are used, and no message shows them`() throws {
        let server = try LoopbackServer.http(serving: served, login: "me:secret")
        let place = "127.0.0.1:\(server.port)/data.git"
        #expect(try project.run(.dvswift, "ls", "http://me:secret@\(place)", "data") == "a\nsub\n")
        let errors = try failure(of: "http://me:passphrase@\(place)")
        #expect(!errors.contains("passphrase"))
        #expect(errors.contains("http://me:…@\(place)"))
    }

    @Test func `SSH takes the user's settings, keys and known hosts`() throws {
        let server = try SSHServer()
        let variables = ["GIT_SSH_COMMAND": server.command]
        try work(with: "ssh://test\(served)/data.git", adding: variables)
        let copy = try project.attempt(
            .dvswift,
            ["get", "test:\(served)/data.git", "data/a", "-o", "again"],
            adding: variables
        )
        #expect(copy.reason.isSuccess, "\(copy)")
        let gone = try failure(of: "ssh://test\(served)/none.git", adding: variables)
        #expect(gone.contains("does not appear to be a git repository"))
        try project.remove("../home/cache/dvswift")
        try server.forgetHost()
        let unknown = try failure(of: "ssh://test\(served)/data.git", adding: variables)
        #expect(unknown.contains("Host key verification failed"))
        #expect(try failure(of: "ssh://-oProxyCommand=x/y").contains("cannot start with '-'"))
    }

    @Test func `a key that the server does not know is refused`() throws {
        let server = try SSHServer()
        try server.forgetKeys()
        let errors = try failure(
            of: "ssh://test\(served)/data.git",
            adding: ["GIT_SSH_COMMAND": server.command]
        )
        #expect(errors.contains("Permission denied (publickey"))
    }
}
