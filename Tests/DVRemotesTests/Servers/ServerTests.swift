import DVHashing
import DVSystem
import DVTestSupport
import Testing

/// The servers that remotes are tested with do what real ones do.
@Suite struct ServerTests {
    private let curl: Curl

    init() throws {
        curl = try Curl()
    }

    // MARK: S3

    enum S3Kind: CaseIterable {
        case ceph, rclone

        var account: S3Account {
            get throws {
                switch self {
                case .ceph: try CephGateway.shared.get().account
                case .rclone: try RcloneServer.shared.get().account
                }
            }
        }
    }

    @Test(arguments: S3Kind.allCases)
    func `S3 stores, lists and checks who is asking`(kind: S3Kind) throws {
        let account = try kind.account
        let bucket = "/\(try account.makeBucket())"
        let object = bucket + "/folder/with%20blank%20%C3%A9"
        let put = ["--upload-file", curl.file.string]
        #expect(try curl(account, object, put, payload: "UNSIGNED-PAYLOAD").status == 200)
        #expect(try curl(account, object).body == curl.content)
        #expect(
            try curl(account, object, ["--range", "10-19"]).body == Array(curl.content[10..<20])
        )
        #expect(try curl(account, object + "x").text.contains("NoSuchKey"))
        let list = try curl(account, bucket + "?list-type=2&prefix=folder%2F").text
        #expect(list.contains("<Key>folder/with blank é</Key>"))
        #expect(try curl(account, object, secret: "wrong").status == 403)
        #expect(try curl(account.endpoint + object).status != 200)
        #expect(try curl(account, object, ["--request", "DELETE"]).status == 204)
        #expect(try curl(account, object).status == 404)
    }

    @Test func `Ceph refuses a wrong hash of the body, and to overwrite on condition`() throws {
        let account = try CephGateway.shared.get().account
        let object = "/\(try account.makeBucket())/a"
        let put = ["--upload-file", curl.file.string]
        #expect(try curl(account, object, put, payload: S3Account.noPayload).status == 400)
        let hash = SHA256.hex(of: curl.content)
        #expect(try curl(account, object, put, payload: hash).status == 200)
        let condition = put + ["-H", "If-None-Match: *"]
        #expect(try curl(account, object, condition, payload: hash).status == 412)
    }

    @Test(arguments: [false, true])
    func `Ceph lets strangers read what is public`(isPublic: Bool) throws {
        let account = try CephGateway.shared.get().account
        let object = "/\(try account.makeBucket())/a"
        let access = ["-H", "x-amz-acl: \(isPublic ? "public-read" : "private")"]
        let put = access + ["--upload-file", curl.file.string]
        #expect(try curl(account, object, put, payload: "UNSIGNED-PAYLOAD").status == 200)
        #expect(try curl(account.endpoint + object).status == (isPublic ? 200 : 403))
    }

    @Test func `Ceph keeps versions where a bucket is made for it`() throws {
        let account = try CephGateway.shared.get().account
        let bucket = try account.makeBucket(versioned: true)
        for _ in 0..<2 {
            let put = ["--upload-file", curl.file.string]
            #expect(
                try curl(account, "/\(bucket)/a", put, payload: "UNSIGNED-PAYLOAD").status == 200
            )
        }
        let versions = try curl(account, "/\(bucket)?versions=").text
        #expect(versions.split(separator: "<VersionId>").count == 3)
    }

    // MARK: SFTP

    @Test func `SFTP takes its keys, and clients know its own`() throws {
        let server = try SSHServer()
        let known = ["--hostpubsha256", try server.fingerprint]
        let key = ["--user", "\(server.user):", "--key", server.key.string] + known
        let url = "sftp://127.0.0.1:\(server.port)\(server.root)/new/file"
        let put = ["--upload-file", curl.file.string, "--ftp-create-dirs"]
        #expect(try curl(url, key + put).exit == 0)
        #expect(try curl(url, key).body == curl.content)
        #expect(try curl(url, key + ["--range", "10-19"]).body == Array(curl.content[10..<20]))
        #expect(try curl(url + "x", key).exit == 78)
        let locked = ["--user", "\(server.user):", "--key", server.lockedKey.string] + known
        #expect(try curl(url, locked + ["--pass", SSHServer.passphrase]).body == curl.content)
        #expect(try curl(url, locked + ["--pass", "wrong"]).exit == 67)
        let other = String(repeating: "A", count: 43)
        #expect(try curl(url, key.dropLast() + [other]).exit == 60)
        try server.forgetKeys()
        #expect(try curl(url, key).exit == 67)
    }

    // MARK: HTTP

    @Test func `WebDAV needs a password or a token, and can refuse to overwrite`() throws {
        let server = try WebDAVServer.shared.get()
        let login = ["--user", "\(server.user):\(server.password)"]
        let put = ["--upload-file", curl.file.string]
        let file = "/basic/with%20blank"
        #expect(try curl(server.url + file, login + put).status == 201)
        #expect(try curl(server.url + file, login).body == curl.content)
        let range = try curl(server.url + file, login + ["--range", "10-19"])
        #expect(range.status == 206)
        #expect(range.body == Array(curl.content[10..<20]))
        #expect(try curl(server.url + file, "--user", "\(server.user):wrong").status == 401)
        #expect(try curl(server.url + file, login + put).status == 204)
        #expect(try curl(server.url + "/basic/other", login + put).status == 201)
        let move = [
            "--request", "MOVE", "-H", "Destination: \(server.url)/basic/other", "-H",
            "Overwrite: F",
        ]
        #expect(try curl(server.url + file, login + move).status == 412)
        let depth = ["--request", "PROPFIND", "-H", "Depth: 1"]
        #expect(try curl(server.url + "/basic/", login + depth).text.contains("/dav/basic/other"))
        let token = ["-H", "Authorization: Bearer \(server.token)"]
        #expect(try curl(server.tokenURL + "/token/a", token + put).status == 201)
        #expect(try curl(server.tokenURL + "/token/a", token).body == curl.content)
        #expect(try curl(server.tokenURL + "/token/a").status == 401)
        let header = ["-H", "X-Access: \(server.token)"]
        #expect(try curl(server.headerURL + "/token/a", header).body == curl.content)
        #expect(try curl(server.headerURL + "/token/a").status == 401)
    }

    @Test func `a client may have to show a certificate`() throws {
        let server = try WebDAVServer.shared.get()
        let certificate = server.certificate
        let trust = ["--cacert", certificate.file.string]
        let own = ["--cert", certificate.file.string, "--key", certificate.key.string]
        let put = ["--upload-file", curl.file.string]
        let url = server.certifiedURL + "/certified/a"
        #expect(try curl(url, trust + own + put).status == 201)
        #expect(try curl(url, trust + own).body == curl.content)
        #expect(try curl(url, trust).status == 403)
    }

    @Test func `everybody may read, and nobody write, where there is no login`() throws {
        let server = try WebDAVServer.shared.get()
        let file = server.root.appending("open/file")
        try file.parent.makeDirectories()
        try file.replaceContents(with: curl.content)
        #expect(try curl(server.readOnlyURL + "/open/file").body == curl.content)
        #expect(try curl(server.readOnlyURL + "/open/").text.contains("\"name\":\"file\""))
        let put = try curl(server.readOnlyURL + "/open/b", "--upload-file", curl.file.string)
        #expect(put.status == 405)
        #expect(try curl(server.secureReadOnlyURL + "/open/file").exit == 60)
        let trust = ["--cacert", server.certificate.file.string]
        #expect(try curl(server.secureReadOnlyURL + "/open/file", trust).body == curl.content)
    }

    @Test func `a plain server gives the whole file, whatever part is wanted`() throws {
        let server = try PlainHTTPServer(serving: curl.file.parent)
        let answer = try curl(server.url + "/content", "--range", "10-19")
        #expect(answer.status == 200)
        #expect(answer.body == curl.content)
    }
}
