import DVSystem
import DVTestSupport

/// The program curl, which shows that a server does what remotes will ask of it.
struct Curl {
    private let directory: TemporaryDirectory
    private let environment: [String]
    /// Content that is put and got.
    let content = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 8) }
    let file: AbsolutePath

    init() throws {
        directory = try TemporaryDirectory()
        environment = try TestEnvironment(home: directory.appending("home")).entries()
        file = try directory.write(content, to: "content")
    }

    struct Answer {
        let exit: Int32
        /// 0 if there was none.
        let status: Int
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    func callAsFunction(_ url: String, _ options: String...) throws -> Answer {
        try self(url, options)
    }

    func callAsFunction(_ url: String, _ options: [String]) throws -> Answer {
        let body = directory.appending("body")
        try body.removeTree()
        let fixed = [
            "curl", "--silent", "--max-time", "20", "--noproxy", "*", "--globoff",
            "--output", body.string, "--write-out", "%{http_code}",
        ]
        let result = try ProgramResult.running(
            fixed + options + [url],
            environment: environment,
            in: directory.path
        )
        return Answer(
            exit: result.status,
            status: Int(result.output.filter { !$0.isNewline }) ?? 0,
            body: try body.readBytesIfPresent() ?? []
        )
    }

    /// A request that an account signs.
    func callAsFunction(
        _ account: S3Account,
        _ path: String,
        _ options: [String] = [],
        payload: String = S3Account.noPayload,
        secret: String? = nil
    ) throws -> Answer {
        try self(
            account.endpoint + path,
            account.signing(payload: payload, secret: secret) + options
        )
    }
}
