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
    }

    func makePlace(for project: TemporaryProject) throws -> Place {
        switch self {
        case .s3: try Self.bucket()
        case .ssh: try Self.folderOverSSH(project)
        case .http, .https, .webdav, .webdavs: try folderOverHTTP(project)
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

    private static func folderOverSSH(_ project: TemporaryProject) throws -> Place {
        let server = try SSHServer.shared.get()
        // Clients look for known hosts there.
        let known = try server.knownHosts.readBytes()
        try project.write(known, to: "../home/.ssh/known_hosts")
        return Place(
            url: server.url + project.surroundings.string,
            options: [("keyfile", server.key.string, false), ("allow_agent", "false", false)]
        )
    }

    private func folderOverHTTP(_ project: TemporaryProject) throws -> Place {
        let server = try WebDAVServer.shared.get()
        let isSecure = self == .https || self == .webdavs
        let isPlain = self == .http || self == .https
        let address = isSecure ? server.secureURL : server.url
        let folder = project.surroundings.string.replacing("/", with: "-")
        // DVC does not make the folder that the address itself names.
        try server.root.appending(folder).makeDirectories()
        var options = [("user", server.user, false), ("password", server.password, true)]
        if isSecure { options.append(("ssl_verify", server.certificate.file.string, false)) }
        if isPlain { options += [("auth", "basic", false), ("method", "PUT", false)] }
        return Place(
            url: (isPlain ? address : address.replacing("http", with: "webdav")) + "/\(folder)",
            options: options
        )
    }
}
