import DVSystem
import Glibc

/// An SSH server for the user of this process: Git's transport and SFTP, with keys and a host key of its own.
///
/// Clients that take its settings know it as `test`.
package final class SSHServer: Sendable {
    /// The one of this process; every test takes a folder of its own.
    package static let shared = Result { try SSHServer() }

    package let port: Int
    /// The folder that remotes may use; paths of SFTP are those of the machine.
    package let root: AbsolutePath
    package let user: String
    /// A key without and one with a passphrase.
    package let key, lockedKey: AbsolutePath
    package static let passphrase = "open sesame"
    /// The host key as clients keep it, for this port.
    package let knownHosts: AbsolutePath
    private let server: LoopbackServer
    private let folder: ServerFolder

    /// One that takes this password, and no keys; only for root, who alone can show the server a list of passwords of its own.
    package convenience init(password: String) throws {
        let folder = try ServerFolder()
        let hash = try folder.run(["openssl", "passwd", "-6", password]).filter { !$0.isNewline }
        let shadow = AbsolutePath("/etc/shadow")
        let others = try shadow.map { String(decoding: try $0.readBytes(), as: UTF8.self) } ?? ""
        let lines = others.split(separator: "\n").filter { !$0.hasPrefix("root:") }
        let own = (["root:\(hash):20000:0:99999:7:::"] + lines).joined(separator: "\n")
        try folder.write(own + "\n", to: "shadow")
        let show = "mount --bind '\(folder.path)/shadow' /etc/shadow && exec \"$@\""
        try self.init(
            in: folder,
            settings: "PasswordAuthentication yes\nAuthenticationMethods password\n"
                + "PermitRootLogin yes\n",
            through: ["unshare", "--mount", "sh", "-c", show, "sh"]
        )
    }

    package convenience init() throws {
        try self.init(
            in: ServerFolder(),
            settings: "AuthenticationMethods publickey\nPermitRootLogin prohibit-password\n",
            through: []
        )
    }

    /// `wrapper` is what starts the server.
    private init(
        in folder: ServerFolder,
        settings: String,
        through wrapper: [String]
    ) throws {
        self.folder = folder
        for (name, passphrase) in [("host", ""), ("user", ""), ("locked", Self.passphrase)] {
            let path = folder.appending(name).string
            try folder.run([
                "ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-C", "test", "-f", path,
            ])
        }
        // As root, sshd wants its empty folder.
        if geteuid() == 0 { try AbsolutePath("/run/sshd")?.makeDirectories() }
        try folder.write(Self.serverSettings(folder.path) + settings, to: "sshd_config")
        let program = ["/usr/sbin/sshd", "-i", "-f", "\(folder.path)/sshd_config"]
        server = try LoopbackServer.spawning(wrapper + program + ["-E", "\(folder.path)/log"])
        port = server.port
        root = try folder.folder("root")
        user = try folder.run(["id", "-un"]).filter { !$0.isNewline }
        key = folder.appending("user")
        lockedKey = folder.appending("locked")
        knownHosts = folder.appending("known_hosts")
        try allowKeys()
        let hostKey = try folder.text(of: "host.pub")
        try folder.write("[127.0.0.1]:\(port) \(hostKey)", to: "known_hosts")
        try folder.write(Self.clientSettings(folder.path, port), to: "config")
    }

    /// `root` as a URL.
    package var url: String { "ssh://\(user)@127.0.0.1:\(port)\(root)" }

    /// The client with its settings.
    package var command: String { "ssh -F '\(folder.path)/config'" }

    /// The SHA-256 of the host key in Base64, as `ssh-keygen -l` shows it.
    package var fingerprint: String {
        get throws {
            let line = try folder.run(["ssh-keygen", "-l", "-E", "sha256", "-f", "host.pub"])
            return String(line.split(separator: " ")[1].dropFirst("SHA256:".count))
        }
    }

    package func forgetHost() throws { try folder.write("", to: "known_hosts") }

    package func forgetKeys() throws { try folder.write("", to: "allowed") }

    package func allowKeys() throws {
        let keys = try ["user.pub", "locked.pub"].map { try folder.text(of: $0) }
        try folder.write(keys.joined(), to: "allowed")
    }

    /// Ends the server and all connections now.
    package func stop() { server.stop() }

    /// The usual exchange of keys takes a tenth of a second of a processor on each side, which is most of a short test.
    private static func serverSettings(_ folder: AbsolutePath) -> String {
        """
        HostKey \(folder)/host
        AuthorizedKeysFile \(folder)/allowed
        PidFile none
        StrictModes no
        UsePAM no
        MaxSessions 200
        KexAlgorithms curve25519-sha256
        Subsystem sftp internal-sftp

        """
    }

    private static func clientSettings(_ folder: AbsolutePath, _ port: Int) -> String {
        """
        Host test
            HostName 127.0.0.1
            Port \(port)
            IdentityFile \(folder)/user
            IdentitiesOnly yes
            IdentityAgent none
            UserKnownHostsFile \(folder)/known_hosts
            GlobalKnownHostsFile none
            StrictHostKeyChecking yes
            BatchMode yes

        """
    }
}
