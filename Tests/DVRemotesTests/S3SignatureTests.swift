import DVSystem
import DVTestSupport
import Testing

@testable import DVRemotes

/// Signature Version 4, against the examples of Amazon's documentation and a server that checks signatures.
@Suite struct S3SignatureTests {
    private static let nothing = S3Account.noPayload

    /// "Examples: Signature Calculations" of "Authenticating Requests: Using the Authorization Header", S3 API reference.
    @Test(arguments: [
        (
            "GET", "/test.txt", "", [("Range", "bytes=0-9")], Self.nothing,
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        ),
        (
            "PUT", "/test%24file.text", "",
            [
                ("Date", "Fri, 24 May 2013 00:00:00 GMT"),
                ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
            ],
            "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
        ),
        (
            "GET", "/", "lifecycle=", [], Self.nothing,
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
        ),
        (
            "GET", "/", "max-keys=2&prefix=J", [], Self.nothing,
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
        ),
    ])
    func `requests are signed as Amazon's documentation shows`(
        method: String,
        path: String,
        query: String,
        headers: [(String, String)],
        payload: String,
        signature: String
    ) {
        let signer = S3Signature(
            credentials: S3Credentials(
                keyID: "AKIAIOSFODNN7EXAMPLE",
                secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
            ),
            region: "us-east-1",
            time: "20130524T000000Z"
        )
        let signed =
            headers + [
                ("host", "examplebucket.s3.amazonaws.com"), ("x-amz-content-sha256", payload),
                ("x-amz-date", "20130524T000000Z"),
            ]
        let authorization = signer.authorization(
            method: method,
            path: path,
            query: query,
            headers: signed.map { (name: $0.0, value: $0.1) },
            payloadHash: payload
        )
        #expect(authorization.hasSuffix("Signature=\(signature)"))
    }

    @Test func `a server that checks signatures takes every awkward key`() throws {
        let storage = try S3Storage(on: CephGateway.shared.get().account, prefix: "a b/é+c")
        let connection = try storage.connect()
        let names = [
            "plain", "with blank", "a+b", "a=b&c", "100%", "%41", "semi;colon", "quote'\"", "<&>",
            "é", "日本", "~tilde", "star*", "(paren)", "at@", "dollar$", "comma,", "colon:",
            "q?x=1", "#hash", "back\\slash", "a/b c/d", "trailing ", "[x]", "{y}", "^`|",
        ]
        let files = names.map { RelativePath.empty.appending($0) }
        for (name, file) in zip(names, files) {
            try connection.write(BytesContent(Array(name.utf8)), to: file)
        }
        for (name, file) in zip(names, files) {
            #expect(try connection.status(of: file)?.size == Int64(name.utf8.count), "\(name)")
            #expect(try connection.open(file, from: 0)?.bytes() == Array(name.utf8), "\(name)")
        }
        let target = RelativePath.empty.appending("moved é +")
        for file in files.prefix(6) {
            try connection.move(file, to: target)
            try connection.move(target, to: file)
        }
        let page = try connection.page(of: .empty, isRecursive: true, after: nil)
        #expect(Set(page.files.map(\.path)) == Set(files))
        try connection.remove(files)
        #expect(try connection.page(of: .empty, isRecursive: true, after: nil).files.isEmpty)
    }
}
