import DVFormats
import DVSystem

/// What rclone is to serve, and the settings it needs for that, as variables of its environment.
///
/// A remote that the user's own `rclone config` knows needs none. DVC's kinds become a remote that exists for one run;
/// the names of the settings are those of `rclone help backend`.
struct RcloneRemote {
    /// As rclone takes it: `name:path`.
    let name: String
    private(set) var variables: [String: String] = [:]
    /// Variables that it is not to see.
    private(set) var hidden: Set<String> = []

    private static let ownName = "dvswift"

    /// A remote of the user's.
    init(named name: String) { self.name = name }

    private init(backend: String, path: String) {
        name = "\(Self.ownName):\(path)"
        set("type", backend)
    }

    mutating func set(_ option: String, _ value: String?) {
        variables["RCLONE_CONFIG_\(Self.ownName)_\(option)".uppercased()] = value
    }

    /// A variable of another program that the backend reads.
    mutating func set(variable: String, _ value: String?) { variables[variable] = value }

    mutating func hide(variable: String) { hidden.insert(variable) }

    /// Nil if the kind is not one that rclone is used for.
    init?(_ options: RemoteOptions, environment: [String: String]) throws {
        let place = Place(options.url)
        switch options.scheme {
        case "rclone": self.init(named: options.rcloneRemote ?? "")
        case "gs":
            self.init(backend: "google cloud storage", path: place.hostAndPath)
            setGoogleCloud(options)
        case "azure":
            self.init(backend: "azureblob", path: place.hostAndPath)
            try setAzure(options, environment, container: place.host)
        case "gdrive":
            self.init(backend: "drive", path: place.path)
            try setDrive(options, environment, root: place.host)
        case "oss":
            self.init(backend: "s3", path: place.hostAndPath)
            try setAlibaba(options, environment)
        case "hdfs":
            self.init(backend: "hdfs", path: "/" + place.path)
            try setHadoop(options, place)
        case "webhdfs":
            throw StorageError(
                .unsupported(
                    "rclone speaks Hadoop's own protocol only, no WebHDFS: use hdfs://<namenode>:8020/<path> if that port is reachable, "
                        + "a folder where Hadoop's NFS gateway is mounted, or DVC for this remote"
                ),
                at: options.url
            )
        default: return nil
        }
    }

    /// The parts of an address.
    private struct Place {
        var host: String
        let path: String
        var user: String?

        init(_ url: String) {
            let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? ""
            let authority = rest.prefix { $0 != "/" }
            path = rest.dropFirst(authority.count).split(separator: "/").joined(separator: "/")
            host = String(authority)
            if let at = host.lastIndex(of: "@") {
                user = String(host[..<at].prefix { $0 != ":" })
                host = String(host[host.index(after: at)...])
            }
        }

        var hostAndPath: String { path.isEmpty ? host : "\(host)/\(path)" }
    }

    private mutating func setGoogleCloud(_ options: RemoteOptions) {
        // A file of a service or of a user: Google's library tells them apart.
        if let file = options.string("credentialpath") {
            set(variable: "GOOGLE_APPLICATION_CREDENTIALS", file)
        }
        let isAnonymous = options.flag("allow_anonymous_login") == true
        set(isAnonymous ? "anonymous" : "env_auth", "true")
        set("project_number", options.string("projectname"))
        // DVC's library adds the rest of the path.
        set(
            "endpoint",
            options.string("endpointurl").map { $0.withoutTrailingSlash + "/storage/v1/" }
        )
        // A bucket whose name has a mistake is not to be made.
        set("no_check_bucket", "true")
        // Objects get the rights that their bucket gives, as DVC leaves them.
        set("bucket_policy_only", "true")
    }

    private mutating func setAlibaba(
        _ options: RemoteOptions,
        _ environment: [String: String]
    ) throws {
        func value(_ option: String, _ variable: String) throws -> String {
            guard let value = options.string(option) ?? environment[variable] else {
                throw options.misconfigured("\(option) is not set, nor the variable \(variable)")
            }
            return value
        }
        let endpoint = try value("oss_endpoint", "OSS_ENDPOINT")
        set("endpoint", endpoint)
        set("no_check_bucket", "true")
        set("access_key_id", try value("oss_key_id", "OSS_ACCESS_KEY_ID"))
        set("secret_access_key", try value("oss_key_secret", "OSS_ACCESS_KEY_SECRET"))
        // A number has no names below it for a bucket to be one of, as Alibaba's service wants it.
        let place =
            endpoint.firstRange(of: "://").map { endpoint[$0.upperBound...] } ?? endpoint[...]
        let isNumber = place.allSatisfy { $0.isNumber || $0 == "." || $0 == ":" }
        set("provider", isNumber ? "Other" : "Alibaba")
    }

    private mutating func setHadoop(_ options: RemoteOptions, _ place: Place) throws {
        if options.string("kerb_ticket") != nil {
            throw options.misconfigured(
                "kerb_ticket is not supported; configure Kerberos in a remote of rclone's and use "
                    + "rclone:NAME:path"
            )
        }
        set("namenode", place.host.contains(":") ? place.host : place.host + ":8020")
        set("username", options.string("user") ?? place.user)
    }
}
