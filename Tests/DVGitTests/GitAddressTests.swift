import DVGit
import Testing

/// Addresses of repositories on other machines.
@Suite struct GitAddressTests {
    @Test(arguments: [
        ("host:a/b.git", "- host - a/b.git"), ("me@host:/a", "me host - /a"),
        ("ssh://me@host:22/a", "me host 22 /a"), ("git+ssh://host/~me/a", "- host - ~me/a"),
        ("ssh://me@[::1]:2222/a", "me ::1 2222 /a"), ("ssh://[fe80::1]/a", "- fe80::1 - /a"),
        ("ssh://me:secret@host/a", "me host - /a"),
    ])
    func `SSH has a user, a host, a port and a path`(text: String, parts: String) throws {
        let address = try #require(GitAddress(text))
        #expect(address.isSSH)
        let found = [address.user ?? "-", address.host, address.port ?? "-", address.remotePath]
        #expect(found.joined(separator: " ") == parts)
    }

    @Test func `others are told apart`() {
        #expect(GitAddress("https://host:8443/a")?.isSSH == false)
        #expect(GitAddress("https://host:8443/a")?.port == "8443")
        for text in ["/a/b", "../a:b", "name", "file:///a", ":a"] {
            #expect(GitAddress(text) == nil, "\(text)")
        }
    }
}
