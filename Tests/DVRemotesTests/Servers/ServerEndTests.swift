import DVSystem
import DVTestSupport
import Glibc
import Testing

/// No server outlives the tests.
@Suite struct ServerEndTests {
    private let curl: Curl

    init() throws {
        curl = try Curl()
    }

    @Test func `a server that is stopped takes no more connections`() throws {
        let server = try WebDAVServer()
        #expect(try curl(server.readOnlyURL + "/").status == 200)
        server.stop()
        #expect(try curl(server.readOnlyURL + "/").exit == 7)
    }

    @Test func `a server that cannot start says so at once`() throws {
        let error = #expect(throws: FailedServer.self) {
            try LoopbackServer.running { _ in ["sh", "-c", "echo no such thing >&2"] }
        }
        #expect(error?.log.contains("no such thing") == true)
    }

    /// The server is the child of a child; `victim` is who is killed: the process that asked for the server, or the
    /// script between.
    @Test(arguments: ["$holder", "$script"])
    func `a server ends when the process that started it is killed`(victim: String) throws {
        let directory = try TemporaryDirectory()
        let script = try #require(AbsolutePath(#filePath)).parent.parent.parent
            .appending("Fixtures/loopback.py")
        let port = Int.random(in: 20_000..<32_000)
        let files = "/usr/bin/python3 -m http.server --bind 127.0.0.1 \(port)"
        let program = victim == "$holder" ? "sh -c '\(files) & wait'" : files
        let shell = """
            mkfifo pipe
            /usr/bin/python3 \(script) port run \(port) \(program) <pipe >log 2>&1 & script=$!
            sleep 100 >pipe & holder=$!
            until [ -e port ]; do sleep 0.02; done
            kill -KILL \(victim)
            wait $script
            kill $holder
            cat port
            """
        let result = try ProgramResult.running(
            ["sh", "-c", shell],
            environment: TestEnvironment(home: directory.appending("home")).entries(),
            in: directory.path
        )
        #expect(result.output == "\(port)\n")
        var answer = try curl("http://127.0.0.1:\(port)/")
        // The kernel ends what the killed script started, soon.
        for _ in 0..<200 where answer.exit != 7 {
            usleep(20_000)
            answer = try curl("http://127.0.0.1:\(port)/")
        }
        #expect(answer.exit == 7)
    }
}
