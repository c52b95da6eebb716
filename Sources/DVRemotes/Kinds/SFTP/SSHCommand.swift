import DVFormats
import DVSystem
import Glibc

/// How to reach the SFTP server of an `ssh://` address.
struct SSHCommand {
    private let options: RemoteOptions
    private let environment: [String: String]

    init(_ options: RemoteOptions, environment: [String: String]) {
        self.options = options
        self.environment = environment
    }

    func storage() throws -> SFTPStorage {
        let place = try SSHPlace(options)
        let secrets = SSHSecrets(
            password: try options.secret("password"),
            passphrase: try options.secret("passphrase")
        )
        let added = secrets.variables(program: "/proc/\(getpid())/exe")
        return SFTPStorage(
            words(place, isAnswering: !added.isEmpty),
            environment: environment.merging(added) { $1 }.map { "\($0.key)=\($0.value)" },
            root: place.path,
            location: place.location,
            parallelism: options.integer("max_sessions")
        )
    }

    /// As Git: `GIT_SSH_COMMAND` is a command line for a shell, `GIT_SSH` a program.
    private func words(_ place: SSHPlace, isAnswering: Bool) -> [String] {
        // An answer that was wrong once stays so.
        let once = isAnswering ? ["-o", "NumberOfPasswordPrompts=1"] : []
        let arguments =
            settings + once + place.arguments(options) + ["-s", "--", place.host, "sftp"]
        if let line = environment["GIT_SSH_COMMAND"] {
            return ["/bin/sh", "-c", "exec \(line) \"$@\"", "ssh"] + arguments
        }
        return [environment["GIT_SSH"] ?? "ssh"] + arguments
    }

    private var settings: [String] {
        var settings = ["-o", "ConnectTimeout=\(options.integer("timeout") ?? 30)"]
        // A connection that has died is noticed within a minute.
        settings += ["-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=4"]
        if let key = options.file("keyfile") { settings += ["-i", key.string] }
        if options.flag("allow_agent") == false { settings += ["-o", "IdentityAgent=none"] }
        if options.flag("gss_auth") == true { settings += ["-o", "GSSAPIAuthentication=yes"] }
        return settings
    }
}

/// The parts of `ssh://user@host:port/path`.
struct SSHPlace {
    let host: String
    let path: String
    private let user: String?
    private let port: String?

    init(_ options: RemoteOptions) throws(StorageError) {
        let rest = options.url.dropFirst("ssh://".count)
        var authority = rest.prefix { $0 != "/" }
        let path = String(rest.dropFirst(authority.count))
        self.path = path.isEmpty ? "/" : path
        var user = options.string("user")
        if let at = authority.lastIndex(of: "@") {
            user = user ?? String(authority[..<at].prefix { $0 != ":" })
            authority = authority[authority.index(after: at)...]
        }
        var port = options.integer("port").map(String.init)
        // A colon inside of brackets belongs to the address.
        if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
            port = port ?? String(authority[authority.index(after: colon)...])
            authority = authority[..<colon]
        }
        host = authority.filter { $0 != "[" && $0 != "]" }
        self.user = user
        self.port = port
        // A host or user that begins with a dash would be taken for an option.
        guard !host.isEmpty, !host.hasPrefix("-"), user?.hasPrefix("-") != true else {
            throw options.misconfigured("the address names no host")
        }
    }

    var location: String { "ssh://\(host)\(path.withoutTrailingSlash)" }

    func arguments(_ options: RemoteOptions) -> [String] {
        (user.map { ["-l", $0] } ?? []) + (port.map { ["-p", $0] } ?? [])
    }
}
