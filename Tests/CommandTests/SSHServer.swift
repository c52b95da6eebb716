import DVSystem
import DVTestSupport
import Glibc

/// An SSH server for one user and one key, known to clients as `test`.
struct SSHServer {
    private let project: TemporaryProject
    private let server: LoopbackServer
    private let folder: AbsolutePath

    /// Its files are beside those of `project`.
    init(of project: TemporaryProject) throws {
        self.project = project
        let folder = project.surroundings.appending("ssh")
        self.folder = folder
        try folder.makeDirectories()
        for name in ["host", "user"] {
            let path = folder.appending(name).string
            let command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path]
            try project.attempt(command).checkingSuccess()
        }
        // As root, sshd wants its empty folder.
        if geteuid() == 0 { try AbsolutePath("/run/sshd")?.makeDirectories() }
        try project.write(Self.serverSettings(folder), to: "\(folder)/sshd_config")
        try project.write(try project.text(of: "\(folder)/user.pub"), to: "\(folder)/allowed")
        server = try LoopbackServer.spawning([
            "/usr/sbin/sshd", "-i", "-f", "\(folder)/sshd_config", "-E", "\(folder)/log",
        ])
        let hostKey = try project.text(of: "\(folder)/host.pub")
        try project.write("[127.0.0.1]:\(server.port) \(hostKey)", to: "\(folder)/known_hosts")
        try project.write(Self.clientSettings(folder, server.port), to: "\(folder)/config")
    }

    /// The client with its settings.
    var command: String { "ssh -F '\(folder)/config'" }

    func forgetHost() throws { try project.write("", to: "\(folder)/known_hosts") }

    func forgetKey() throws { try project.write("", to: "\(folder)/allowed") }

    private static func serverSettings(_ folder: AbsolutePath) -> String {
        """
        HostKey \(folder)/host
        AuthorizedKeysFile \(folder)/allowed
        AuthenticationMethods publickey
        PermitRootLogin prohibit-password
        PidFile none
        StrictModes no
        UsePAM no

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
