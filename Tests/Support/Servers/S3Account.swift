import DVSystem
import Synchronization

/// A user of an S3 server of the tests.
package struct S3Account: Sendable {
    package let endpoint: String
    package let accessKey: String
    package let secretKey: String
    package let region = "us-east-1"

    /// What programs of AWS, rclone and DVC read from their environment.
    package var variables: [String: String] {
        [
            "AWS_ACCESS_KEY_ID": accessKey, "AWS_SECRET_ACCESS_KEY": secretKey,
            "AWS_DEFAULT_REGION": region,
        ]
    }

    private static let count = Mutex(0)

    /// A new bucket, so that no test sees what another one stores; gives its name back.
    package func makeBucket(versioned: Bool = false) throws -> String {
        let number = Self.count.withLock {
            $0 += 1
            return $0
        }
        let name = "bucket-\(number)"
        try request(["-X", "PUT", "--fail"], "/\(name)").checkingSuccess()
        if versioned {
            let settings =
                "<VersioningConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                + "<Status>Enabled</Status></VersioningConfiguration>"
            try request(
                ["-X", "PUT", "--fail", "--data-binary", settings],
                "/\(name)?versioning=",
                payload: "UNSIGNED-PAYLOAD"
            ).checkingSuccess()
        }
        return name
    }

    /// Puts an object into a bucket; `key` needs no encoding.
    package func put(_ text: String, as key: String, in bucket: String) throws {
        try request(
            ["-X", "PUT", "--fail", "--data-binary", text],
            "/\(bucket)/\(key)",
            payload: "UNSIGNED-PAYLOAD"
        ).checkingSuccess()
    }

    /// Removes a version of an object for good.
    package func delete(_ key: String, version: String, in bucket: String) throws {
        try request(["-X", "DELETE", "--fail"], "/\(bucket)/\(key)?versionId=\(version)")
            .checkingSuccess()
    }

    /// A signed request by the program curl; `path` is encoded, with a sorted query.
    func request(
        _ options: [String],
        _ path: String,
        payload: String = Self.noPayload
    ) throws -> ProgramResult {
        try ServerFolder().attempt(
            ["curl", "--silent", "--show-error", "--max-time", "30", "--noproxy", "*"]
                + signing(payload: payload) + options + [endpoint + path]
        )
    }

    /// Options for curl; `payload` is the hash of the body, or `UNSIGNED-PAYLOAD`.
    package func signing(payload: String, secret: String? = nil) -> [String] {
        [
            "--aws-sigv4", "aws:amz:\(region):s3", "--user",
            "\(accessKey):\(secret ?? secretKey)", "-H", "x-amz-content-sha256: \(payload)",
        ]
    }

    /// The SHA-256 of nothing.
    package static let noPayload =
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
}
