import DVFormats
import DVSystem

/// Credentials that a container or machine of a cloud gets from beside it.
///
/// Only where the variables of the AWS tools name the service: nobody else is asked.
/// Source: "Container credential provider" and "IMDS credential provider" of the AWS SDKs' reference guide.
struct CredentialService {
    let environment: [String: String]
    let http: HTTPOptions

    /// Nil if no service is named.
    func credentials() throws -> S3Credentials? { try ofContainer() ?? ofMachine() }

    private func ofContainer() throws -> S3Credentials? {
        let relative = environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"]
        let address =
            relative.map { "http://169.254.170.2" + $0 }
            ?? environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"]
        guard let address else { return nil }
        var headers: [(name: String, value: String)] = []
        if let token = try containerToken() { headers.append(("Authorization", token)) }
        return try parse(try answer("GET", address, headers), from: address)
    }

    private func containerToken() throws -> String? {
        guard let file = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] else {
            return environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
        }
        return try AbsolutePath(file)?.readBytesIfPresent()
            .map { String(decoding: $0, as: UTF8.self).trimmedOfSpace }
    }

    private func ofMachine() throws -> S3Credentials? {
        guard let service = environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"],
            environment["AWS_EC2_METADATA_DISABLED"]?.lowercased() != "true"
        else { return nil }
        let root = service.withoutTrailingSlash + "/latest"
        let lifetime = [(name: "x-aws-ec2-metadata-token-ttl-seconds", value: "21600")]
        let token = try answer("PUT", root + "/api/token", lifetime)
        let headers = [(name: "x-aws-ec2-metadata-token", value: token)]
        let folder = root + "/meta-data/iam/security-credentials/"
        let role = try answer("GET", folder, headers)
        return try parse(try answer("GET", folder + role, headers), from: folder)
    }

    private func answer(
        _ method: String,
        _ address: String,
        _ headers: [(name: String, value: String)]
    ) throws -> String {
        var request = HTTPRequest(method, address)
        request.headers = headers
        if method == "PUT" { request.body = .bytes([]) }
        var options = http
        // It is near, or not there.
        options.connectTimeout = min(5, options.connectTimeout)
        let response = try HTTPSession(options, for: address).send(request)
        let text = try response.bytes(limit: 1 << 20)
        guard response.isSuccess else { throw response.error() }
        return String(decoding: text, as: UTF8.self).trimmedOfSpace
    }

    private func parse(_ answer: String, from address: String) throws -> S3Credentials {
        guard let credentials = S3Credentials(json: answer) else {
            throw StorageError(.refused("the answer has no credentials"), at: address)
        }
        return credentials
    }
}

extension S3Credentials {
    /// As commands and services write them; nil if it is something else.
    init?(json: String) {
        guard let value = try? JSONParser.parse(Array(json.utf8), file: "") else { return nil }
        func text(_ key: String) -> String? {
            if case .string(let text)? = value.value(atDottedKey: key) { text } else { nil }
        }
        guard let key = text("AccessKeyId"), let secret = text("SecretAccessKey") else {
            return nil
        }
        let token = text("SessionToken") ?? text("Token")
        self.init(keyID: key, secret: secret, sessionToken: token)
    }
}
