/// Which bucket, where, and how to talk to it.
package struct S3Options: Sendable {
    package var bucket: String
    /// Keys begin with it; without slashes around it, empty for the whole bucket.
    package var prefix: String
    /// `https://host:port` of a service other than Amazon's; nil for Amazon's.
    package var endpoint: String?
    package var region = "us-east-1"
    /// Nil for requests without a signature.
    package var credentials: S3Credentials?
    package var usesTLS = true
    /// Sent with every object that is written: `x-amz-acl` and its like.
    package var writeHeaders: [(name: String, value: String)] = []
    /// Sent with every object that is written or read: a key that the server does not keep.
    var encryptionHeaders: [(name: String, value: String)] = []
    /// Whether the bucket is a part of the host's name; nil means where the service is Amazon's.
    var isVirtualHosted: Bool?
    package var http = HTTPOptions()

    package init(bucket: String, prefix: String = "") {
        self.bucket = bucket
        self.prefix = prefix
    }

    /// The host and the start of each path.
    var address: (host: String, path: String) {
        let service = serviceAddress
        // A certificate covers one level of names only.
        let isHosted = isVirtualHosted ?? (endpoint == nil && !bucket.contains("."))
        if isHosted { return ("\(bucket).\(service.host)", service.path) }
        return (service.host, service.path + "/" + PercentEncoding.encode(bucket))
    }

    private var serviceAddress: (host: String, path: String) {
        guard let endpoint else {
            let part = region == "us-east-1" ? "s3" : "s3.\(region)"
            return ("\(part).\(Self.domain(of: region))", "")
        }
        let rest =
            endpoint.firstRange(of: "://").map { endpoint[$0.upperBound...] } ?? endpoint[...]
        let host = rest.prefix { $0 != "/" }
        return (String(host), String(rest.dropFirst(host.count)).withoutTrailingSlash)
    }

    /// Amazon's services in China have a domain of their own.
    static func domain(of region: String) -> String {
        region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
    }

    var scheme: String {
        guard let endpoint, let separator = endpoint.firstRange(of: "://") else {
            return usesTLS ? "https" : "http"
        }
        return String(endpoint[..<separator.lowerBound])
    }
}

/// Who asks.
package struct S3Credentials: Hashable, Sendable {
    package let keyID: String
    package let secret: String
    /// Of temporary credentials.
    package let sessionToken: String?

    package init(keyID: String, secret: String, sessionToken: String? = nil) {
        self.keyID = keyID
        self.secret = secret
        self.sessionToken = sessionToken
    }
}
