/// Files behind each way to sign on that HTTP clients know: `Tests/Fixtures/logins.py`.
package final class LoginServer: Sendable {
    package static let shared = Result { try LoginServer() }

    package let user = "dv"
    package let password = "open: sésame"
    private let server: LoopbackServer

    package init() throws {
        server = try LoopbackServer([user, password], script: "logins.py")
    }

    /// `way` is the first name of the path: `basic`, `digest`, `header`, `slow` or `only-post`.
    package func url(_ way: String) -> String { "http://127.0.0.1:\(server.port)/\(way)" }
}
