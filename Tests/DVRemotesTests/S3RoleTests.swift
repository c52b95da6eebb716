import DVFormats
import DVSystem
import DVTestSupport
import Testing

@testable import DVRemotes

/// Credentials that a service gives for an hour, from Ceph's own.
@Suite struct S3RoleTests {
    private let home: TemporaryDirectory
    private let account: S3Account

    init() throws {
        home = try TemporaryDirectory()
        account = try CephGateway.shared.get().account
    }

    private func options(role: String, secret: String? = nil) throws -> S3Options {
        let keys =
            "aws_access_key_id = \(account.accessKey)\n"
            + "aws_secret_access_key = \(secret ?? account.secretKey)\n"
        try home.write("[base]\n\(keys)", to: ".aws/credentials")
        let profile = "[profile work]\nrole_arn = \(role)\nsource_profile = base\n"
        try home.write(profile + "region = \(account.region)\n", to: ".aws/config")
        let remote = try ConfigLevels(sources: []).remoteOptions(
            url: "s3://\(account.makeBucket())/data",
            adding: ["profile": "work", "endpointurl": account.endpoint]
                .map { StorageOption(name: $0.key, value: $0.value) },
            home: nil
        )
        return try S3Options(
            remote,
            environment: ["HOME": home.path.string, "AWS_ENDPOINT_URL_STS": account.endpoint]
        )
    }

    @Test func `a role's credentials are taken on, and not used once they are invalid`() throws {
        let role = try CephGateway.shared.get().makeRole("writer")
        var options = try options(role: role)
        let given = try #require(options.credentials)
        #expect(given.keyID != account.accessKey)
        let token = try #require(given.sessionToken)
        let file = RelativePath.empty.appending("file")
        let connection = try S3Storage(options).connect()
        try connection.write(BytesContent([1, 2, 3]), to: file)
        #expect(try connection.open(file, from: 0)?.bytes() == [1, 2, 3])
        options.credentials = S3Credentials(
            keyID: given.keyID,
            secret: given.secret,
            sessionToken: String(token.dropLast(8))
        )
        let error = #expect(throws: StorageError.self) {
            try S3Storage(options).connect().write(BytesContent([4]), to: file)
        }
        guard case .denied? = error?.reason else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try connection.open(file, from: 0)?.bytes() == [1, 2, 3])
    }

    @Test(arguments: ["no such role", "wrong secret"])
    func `a role that is not given is told as that`(fault: String) throws {
        let error = #expect(throws: StorageError.self) {
            try options(
                role: "arn:aws:iam:::role/nobody",
                secret: fault == "wrong secret" ? "no" : nil
            )
        }
        guard case .denied(let why)? = error?.reason else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(why.hasPrefix("the role arn:aws:iam:::role/nobody is not given: "))
        #expect(!why.hasSuffix(": "))
        #expect(!why.contains(account.secretKey))
    }
}
