import DVFormats
import DVSystem
import DVTestSupport
import Testing

@testable import DVRemotes

/// What settings, environment and profiles make of `s3://`.
@Suite struct S3OptionsTests {
    private let home: TemporaryDirectory

    init() throws { home = try TemporaryDirectory() }

    private func options(
        _ settings: [String: String] = [:],
        _ environment: [String: String] = [:],
        url: String = "s3://bucket/a/b"
    ) throws -> S3Options {
        let remote = try ConfigLevels(sources: []).remoteOptions(
            url: url,
            adding: settings.map { StorageOption(name: $0.key, value: $0.value) },
            home: nil
        )
        let variables = ["HOME": home.path.string, "PATH": "/usr/bin:/bin"]
        return try S3Options(remote, environment: variables.merging(environment) { $1 })
    }

    private static let inEnvironment = [
        "AWS_ACCESS_KEY_ID": "env", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "t",
    ]

    private func write(credentials: String, config: String = "") throws {
        try home.write(credentials, to: ".aws/credentials")
        try home.write(config, to: ".aws/config")
    }

    @Test func `credentials come from the first place that has them, as in botocore`() throws {
        try write(
            credentials: "[default]\naws_access_key_id = shared\naws_secret_access_key = s\n",
            config: "[profile own]\naws_access_key_id = own\naws_secret_access_key = s\n"
                + "region = eu-north-1\n"
        )
        #expect(try options().credentials?.keyID == "shared")
        #expect(try options([:], Self.inEnvironment).credentials?.keyID == "env")
        #expect(try options([:], Self.inEnvironment).credentials?.sessionToken == "t")
        let keys = ["access_key_id": "set", "secret_access_key": "s", "session_token": "x"]
        #expect(try options(keys, Self.inEnvironment).credentials?.keyID == "set")
        let chosen = try options(["profile": "own"], Self.inEnvironment)
        #expect(chosen.credentials?.keyID == "own")
        #expect(chosen.region == "eu-north-1")
        #expect(try options([:], ["AWS_PROFILE": "own"]).credentials?.keyID == "own")
        let other = try home.write(
            "[default]\naws_access_key_id = other\naws_secret_access_key = s\n",
            to: "other"
        )
        let named = ["credentialpath": other.string]
        #expect(try options(named).credentials?.keyID == "other")
        let anonymous = try options(["allow_anonymous_login": "true"], Self.inEnvironment)
        #expect(anonymous.credentials == nil)
    }

    @Test func `a profile may run a program for its credentials`() throws {
        let answer =
            #"{\"Version\":1,\"AccessKeyId\":\"made\",\"SecretAccessKey\":\"s\",\"SessionToken\":\"t\"}"#
        try write(credentials: "", config: "[default]\ncredential_process = echo \"\(answer)\"\n")
        let credentials = try options().credentials
        #expect(credentials == S3Credentials(keyID: "made", secret: "s", sessionToken: "t"))
    }

    @Test(arguments: [
        ([:], "no credentials for S3 were found"),
        (["access_key_id": "a"], "access_key_id is set and secret_access_key is not"),
        (["profile": "nobody"], "there is no profile 'nobody' in the files of AWS"),
        (["profile": "browser"], "credential_process = aws configure export-credentials"),
        (["profile": "device"], "asks for a code of a device"),
        (["profile": "circle"], "leads nowhere"),
        (["acl": "private", "grant_read": "x"], "acl and grant_read exclude each other"),
        (["sse_customer_key": "%%%%"], "sse_customer_key is not written in Base64"),
        (["sse_customer_algorithm": "AES256"], "sse_customer_algorithm needs sse_customer_key"),
        (["sse_customer_key": "MTIz", "sse_kms_key_id": "k"], "exclude each other"),
    ])
    func `what makes no sense is told`(settings: [String: String], problem: String) throws {
        try write(
            credentials: "",
            config: """
                [profile browser]
                sso_session = x
                [profile device]
                role_arn = arn
                mfa_serial = y
                source_profile = browser
                [profile circle]
                role_arn = arn
                source_profile = circle2
                [profile circle2]
                role_arn = arn
                source_profile = circle
                """
        )
        let error = #expect(throws: StorageError.self) { try options(settings) }
        guard case .misconfigured(let text)? = error?.reason else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(text.contains(problem))
    }

    @Test(arguments: [
        ([:], "bucket", "https", "bucket.s3.amazonaws.com", ""),
        (["region": "eu-west-1"], "bucket", "https", "bucket.s3.eu-west-1.amazonaws.com", ""),
        (["region": "cn-north-1"], "bucket", "https", "bucket.s3.cn-north-1.amazonaws.com.cn", ""),
        ([:], "my.bucket", "https", "s3.amazonaws.com", "/my.bucket"),
        (["use_ssl": "false"], "bucket", "http", "bucket.s3.amazonaws.com", ""),
        (["endpointurl": "http://h:9/x/"], "bucket", "http", "h:9", "/x/bucket"),
        (["endpointurl": "https://h", "profile": "virtual"], "bucket", "https", "bucket.h", ""),
        (["profile": "path"], "bucket", "https", "s3.amazonaws.com", "/bucket"),
    ])
    func `the address of a bucket is where its service has it`(
        settings: [String: String],
        bucket: String,
        scheme: String,
        host: String,
        path: String
    ) throws {
        let keys = "aws_access_key_id = k\naws_secret_access_key = s\n"
        try write(
            credentials: "[default]\n\(keys)[virtual]\n\(keys)[path]\n\(keys)",
            config: "[profile virtual]\ns3 =\n  addressing_style = virtual\n[profile path]\ns3 =\n"
                + "    addressing_style = path\n"
        )
        let options = try options(settings, url: "s3://\(bucket)/x")
        #expect(options.scheme == scheme)
        #expect(options.address.host == host)
        #expect(options.address.path == path)
    }

    @Test func `rights and encryption become headers of what is written`() throws {
        let options = try options(
            ["acl": "bucket-owner-full-control", "sse": "aws:kms", "sse_kms_key_id": "key"],
            Self.inEnvironment
        )
        let headers = Dictionary(uniqueKeysWithValues: options.creationHeaders.map { ($0, $1) })
        #expect(headers["x-amz-acl"] == "bucket-owner-full-control")
        #expect(headers["x-amz-server-side-encryption"] == "aws:kms")
        #expect(headers["x-amz-server-side-encryption-aws-kms-key-id"] == "key")
        #expect(options.encryptionHeaders.isEmpty)
    }
}
