import DVSystem
import DVTestSupport
import Testing

/// The options of `ssh://` remotes, through the real binary and a real server.
@Suite struct SSHOptionTests {
    private let project: TemporaryProject
    private let server: SSHServer

    init() throws {
        server = try SSHServer.shared.get()
        project = try TemporaryProject()
        try project.write(try server.knownHosts.readBytes(), to: "../home/.ssh/known_hosts")
        let url = server.url + project.surroundings.string + "/far"
        try project.run(.dvswift, "remote", "add", "-d", "far", url)
        try project.write("one\n", to: "data")
        try project.run(.dvswift, "add", "data")
        try set("allow_agent", "false")
    }

    private func set(_ option: String, _ value: String) throws {
        try project.run(.dvswift, "remote", "modify", "--local", "far", option, value)
    }

    /// SSH looks into the home of the account, not into the one of the test.
    private var variables: [String: String] {
        let known = project.surroundings.appending("home/.ssh/known_hosts")
        let files = "-o UserKnownHostsFile='\(known)' -o GlobalKnownHostsFile=none"
        return ["GIT_SSH_COMMAND": "ssh -F none \(files)"]
    }

    /// Without a terminal, whatever the tests run on.
    private func push() throws -> ProgramResult {
        let words = ["setsid", "--wait", try Tool.dvswift.program, "push"]
        return try project.attempt(words, adding: variables)
    }

    @Test func `a locked key is opened by the passphrase of the settings`() throws {
        try set("keyfile", server.lockedKey.string)
        let locked = try push()
        #expect(locked.reason == .exited(1))
        #expect(locked.errors.contains("Permission denied"), "\(locked.errors)")
        try set("passphrase", "wrong")
        #expect(try !push().reason.isSuccess)
        try set("passphrase", SSHServer.passphrase)
        #expect(try push().checkingSuccess().output == "1 file pushed\n")
    }

    @Test func `a passphrase is asked for at the terminal, and nowhere else`() throws {
        try set("keyfile", server.lockedKey.string)
        try set("ask_passphrase", "true")
        let result = try push()
        #expect(result.errors.contains("ask_passphrase is set, and there is no terminal"))
        // Types when asked, not before.
        let answering = """
            mkfifo ../keys && script --quiet --flush --command "$0 push" ../terminal <../keys >/dev/null &
            until [ -p ../keys ]; do sleep 0.02; done
            exec 3>../keys
            until grep -q Enter ../terminal 2>/dev/null; do sleep 0.02; done
            printf '%s\\n' "$1" >&3
            wait
            """
        let words = ["sh", "-c", answering, try Tool.dvswift.program, SSHServer.passphrase]
        try project.attempt(words, adding: variables).checkingSuccess()
        let shown = try project.text(of: "../terminal")
        #expect(shown.contains("Enter the passphrase for remote 'far': "))
        #expect(shown.contains("1 file pushed"), "\(shown)")
        #expect(!shown.contains(SSHServer.passphrase))
    }

    @Test(arguments: [[:], ["password": "yes"]])
    func `a host that is not known is refused`(options: [String: String]) throws {
        try set("keyfile", server.key.string)
        for (option, value) in options { try set(option, value) }
        try project.write("", to: "../home/.ssh/known_hosts")
        let result = try push()
        #expect(result.reason == .exited(1))
        #expect(result.errors.contains("Host key verification failed"), "\(result.errors)")
        #expect(try !project.surroundings.appending("far").exists())
    }

    @Test func `a key that the server does not know is refused`() throws {
        let key = project.surroundings.appending("stranger").string
        try project.attempt(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key])
            .checkingSuccess()
        try set("keyfile", key)
        let result = try push()
        #expect(result.reason == .exited(1))
        #expect(result.errors.contains("Permission denied"), "\(result.errors)")
    }

    @Test func `user, port, limits and other ways to sign on are passed on`() throws {
        try set("keyfile", server.key.string)
        let url = "ssh://127.0.0.1" + project.surroundings.string + "/far"
        try project.run(.dvswift, "remote", "modify", "far", "url", url)
        let options = [
            ("user", server.user), ("port", String(server.port)), ("timeout", "20"),
            ("max_sessions", "1"), ("gss_auth", "true"),
        ]
        for (option, value) in options { try set(option, value) }
        #expect(try push().checkingSuccess().output == "1 file pushed\n")
        try set("port", "1")
        #expect(try push().errors.contains("cannot be reached"))
    }

    @Test(.enabled(if: MemoryDisk.isPossible))
    func `a password of the settings is given, and a wrong one only once`() throws {
        let server = try SSHServer(password: "correct horse")
        try project.write(try server.knownHosts.readBytes(), to: "../home/.ssh/known_hosts")
        let url = server.url + project.surroundings.string + "/far"
        try project.run(.dvswift, "remote", "modify", "far", "url", url)
        for option in ["ask_password", "password"] {
            try set(option, option == "password" ? "wrong donkey" : "true")
            let result = try push()
            #expect(!result.reason.isSuccess)
            let why = option == "password" ? "Permission denied" : "there is no terminal"
            #expect(result.errors.contains(why), "\(result)")
            #expect(!result.errors.contains("donkey"))
        }
        try set("password", "correct horse")
        #expect(try push().checkingSuccess().output == "1 file pushed\n")
    }
}
