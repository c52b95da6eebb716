import DVHashing

/// Signs requests: AWS Signature Version 4, in headers.
///
/// libcurl has it too, but how it treats paths and queries differs between versions, and it knows no clock that is wrong.
/// Source: "Signature Version 4 signing process" in the Amazon S3 API reference.
struct S3Signature {
    let credentials: S3Credentials
    let region: String
    /// `20261124T223755Z`.
    let time: String
    var service = "s3"

    /// The value of `Authorization`.
    ///
    /// `path` and `query` are percent-encoded, the query's parts sorted; `headers` are all to be signed, `host` among them.
    func authorization(
        method: String,
        path: String,
        query: String,
        headers: [(name: String, value: String)],
        payloadHash: String
    ) -> String {
        let sorted = headers.map { ($0.name.lowercased(), $0.value.trimmedOfSpace) }
            .sorted { $0.0 < $1.0 }
        let names = sorted.map(\.0).joined(separator: ";")
        let lines = sorted.map { "\($0.0):\($0.1)\n" }.joined()
        let request = [method, path, query, lines, names, payloadHash].joined(separator: "\n")
        let text = ["AWS4-HMAC-SHA256", time, scope, SHA256.hex(of: Array(request.utf8))]
            .joined(separator: "\n")
        let signature = SHA256.hex(SHA256.authenticationCode(of: text, key: key))
        return
            "AWS4-HMAC-SHA256 Credential=\(credentials.keyID)/\(scope),SignedHeaders=\(names),Signature=\(signature)"
    }

    private var scope: String { "\(time.prefix(8))/\(region)/\(service)/aws4_request" }

    private var key: [UInt8] {
        [String(time.prefix(8)), region, service, "aws4_request"]
            .reduce(Array("AWS4\(credentials.secret)".utf8)) { key, part in
                SHA256.authenticationCode(of: part, key: key)
            }
    }
}
