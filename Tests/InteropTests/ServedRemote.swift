import DVSystem
import DVTestSupport

/// Every kind of storage that a server of the tests gives, as a remote of a project.
enum ServedRemote: String, CaseIterable, Sendable {
    case s3, ssh, http, https, webdav, webdavs

    /// An empty place of its own.
    struct Place {
        let url: String
        /// Options that `remote modify` sets, and whether they are secret.
        let options: [(name: String, value: String, isSecret: Bool)]
        /// What programs need in their environment.
        var variables: [String: String] = [:]
        /// The folder that the server shows there; nil for a bucket.
        var folder: AbsolutePath?

        /// Every file there.
        func contents(_ project: TemporaryProject) throws -> TreeSnapshot {
            if let folder {
                return try TreeSnapshot(of: folder, excluding: [], comparesPermissions: false)
            }
            let copy = project.surroundings.appending("copy-of-bucket")
            try copy.removeTree()
            let account = try CephGateway.shared.get().account
            try project.attempt(
                [
                    Tool.rclone.program, "--config", "/dev/null", "copy",
                    ":s3,provider=Ceph,env_auth,endpoint='\(account.endpoint)':"
                        + url.dropFirst("s3://".count),
                    copy.string,
                ],
                adding: account.variables
            )
            .checkingSuccess()
            return try TreeSnapshot(of: copy, excluding: [], comparesPermissions: false)
        }
    }

    /// Places of one project have names of their own.
    func makePlace(for project: TemporaryProject, _ name: String = "data") throws -> Place {
        switch self {
        case .s3: try Self.bucket()
        case .ssh: try Self.folderOverSSH(project, name)
        case .http, .https, .webdav, .webdavs: try folderOverHTTP(project, name)
        }
    }

    private static func bucket() throws -> Place {
        let account = try CephGateway.shared.get().account
        return Place(
            url: "s3://\(try account.makeBucket())/data",
            options: [
                ("endpointurl", account.endpoint, false),
                ("region", account.region, false),
                ("access_key_id", account.accessKey, false),
                ("secret_access_key", account.secretKey, true),
            ]
        )
    }

    private static func folderOverSSH(_ project: TemporaryProject, _ name: String) throws -> Place {
        let server = try SSHServer.shared.get()
        // Clients look for known hosts there.
        let known = try server.knownHosts.readBytes()
        try project.write(known, to: "../home/.ssh/known_hosts")
        let folder = project.surroundings.appending("over ssh/\(name)")
        let root = server.url.dropLast(server.root.string.utf8.count)
        return Place(
            url: root + folder.string,
            options: [("keyfile", server.key.string, false), ("allow_agent", "false", false)],
            // OpenSSH looks for them where the user's entry in the list of users says.
            variables: [
                "GIT_SSH_COMMAND": "ssh -o UserKnownHostsFile='\(server.knownHosts.string)'"
            ],
            folder: folder
        )
    }

    private func folderOverHTTP(_ project: TemporaryProject, _ name: String) throws -> Place {
        let server = try WebDAVServer.shared.get()
        let isSecure = self == .https || self == .webdavs
        let isPlain = self == .http || self == .https
        let address = isSecure ? server.secureURL : server.url
        let folder = project.surroundings.string.replacing("/", with: "-") + "-\(name)"
        // DVC does not make the folder that the address itself names.
        try server.root.appending(folder).makeDirectories()
        var options = [("user", server.user, false), ("password", server.password, true)]
        if isSecure { options.append(("ssl_verify", server.certificate.file.string, false)) }
        if isPlain { options += [("auth", "basic", false), ("method", "PUT", false)] }
        return Place(
            url: (isPlain ? address : address.replacing("http", with: "webdav")) + "/\(folder)",
            options: options,
            folder: server.root.appending(folder)
        )
    }
}

extension TemporaryProject {
    func add(_ place: ServedRemote.Place, as name: String) throws {
        try run(.dvswift, "remote", "add", "--quiet", name, place.url)
        for (option, value, isSecret) in place.options {
            let level = isSecret ? ["--local"] : []
            try run(.dvswift, ["remote", "modify"] + level + [name, option, value])
        }
    }
}
