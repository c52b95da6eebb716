import DVFormats
import DVHashing
import DVSystem
import Glibc

/// Takes on roles: asks the service STS for credentials that last an hour or so.
///
/// Source: "AssumeRole" and "AssumeRoleWithWebIdentity" in the AWS Security Token Service API reference.
struct SecurityTokenService {
    let region: String?
    let environment: [String: String]
    let http: HTTPOptions

    /// Which role, and how its use is recorded.
    struct Role {
        let arn: String
        var session: String
        var externalID: String?
        /// How long it is to last.
        var seconds: String?

        init(_ arn: String, _ environment: [String: String]) {
            self.arn = arn
            session = environment["AWS_ROLE_SESSION_NAME"] ?? "dvswift-\(getpid())"
        }
    }

    func assume(_ role: Role, as credentials: S3Credentials) throws -> S3Credentials {
        try ask("AssumeRole", role, [], signedBy: credentials)
    }

    func assume(_ role: Role, webIdentity token: String) throws -> S3Credentials {
        try ask("AssumeRoleWithWebIdentity", role, [("WebIdentityToken", token)], signedBy: nil)
    }

    private var address: String {
        let own = environment["AWS_ENDPOINT_URL_STS"] ?? environment["AWS_ENDPOINT_URL"]
        if let own { return own.withoutTrailingSlash }
        return region.map { "https://sts.\($0).\(S3Options.domain(of: $0))" }
            ?? "https://sts.amazonaws.com"
    }

    private func ask(
        _ action: String,
        _ role: Role,
        _ extra: [(String, String)],
        signedBy credentials: S3Credentials?
    ) throws -> S3Credentials {
        var fields = [
            ("Action", action), ("Version", "2011-06-15"), ("RoleArn", role.arn),
            ("RoleSessionName", role.session),
        ]
        fields += extra
        if let id = role.externalID { fields.append(("ExternalId", id)) }
        if let seconds = role.seconds { fields.append(("DurationSeconds", seconds)) }
        let body = fields.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
        let response = try HTTPSession(http, for: address).send(request(body, credentials))
        let answer = try response.bytes(limit: 1 << 20)
        guard response.isSuccess else {
            throw StorageError(
                .denied("the role \(role.arn) is not given: \(Self.reason(response, answer))"),
                at: address
            )
        }
        let result = XMLElement.parse(answer)?["\(action)Result"]?["Credentials"]
        guard let key = result?["AccessKeyId"]?.text, let secret = result?["SecretAccessKey"]?.text
        else { throw StorageError(.refused("the answer has no credentials"), at: address) }
        let token = result?["SessionToken"]?.text
        return S3Credentials(keyID: key, secret: secret, sessionToken: token)
    }

    private static func reason(_ response: HTTPResponse, _ answer: [UInt8]) -> String {
        let tree = XMLElement.parse(answer)
        // Ceph answers with the error alone.
        let error = tree?["Error"] ?? tree
        let said = [error?["Code"]?.text, error?["Message"]?.text].compactMap(\.self)
            .filter { !$0.isEmpty }
        return said.isEmpty
            ? "the service answers \(response.status)" : said.joined(separator: ": ")
    }

    private func request(_ body: String, _ credentials: S3Credentials?) -> HTTPRequest {
        var request = HTTPRequest("POST", address + "/")
        request.body = .bytes(Array(body.utf8))
        request.headers = [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")]
        guard let credentials else { return request }
        let moment = CalendarTime.format(Int64(time(nil)), as: "%Y%m%dT%H%M%SZ")
        request.headers.append(("x-amz-date", moment))
        if let token = credentials.sessionToken {
            request.headers.append(("x-amz-security-token", token))
        }
        var signature = S3Signature(
            credentials: credentials,
            region: region ?? "us-east-1",
            time: moment
        )
        signature.service = "sts"
        let host = address.firstRange(of: "://").map { String(address[$0.upperBound...]) }
        let authorization = signature.authorization(
            method: "POST",
            path: "/",
            query: "",
            headers: request.headers + [("host", host ?? address)],
            payloadHash: SHA256.hex(of: Array(body.utf8))
        )
        request.headers.append(("Authorization", authorization))
        return request
    }
}
