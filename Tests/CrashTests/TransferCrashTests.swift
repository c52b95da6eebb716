import DVSystem
import DVTestSupport
import Glibc
import Testing

/// A transfer of a large object that is killed in its middle: the next one does not begin anew.
@Suite struct TransferCrashTests {
    private static let size = 48 << 20
    private static let parts = 6

    /// A project with one large file, whose remote is reached through a proxy.
    private struct Setting {
        let project: TemporaryProject
        let account: S3Account
        private let port: Int

        init() throws {
            account = try CephGateway.shared.get().account
            port = try #require(account.endpoint.split(separator: ":").last.flatMap { Int($0) })
            project = try TemporaryProject()
            let bucket = try account.makeBucket()
            let settings = [
                ("url", "s3://\(bucket)/data"), ("region", account.region),
                ("access_key_id", account.accessKey), ("secret_access_key", account.secretKey),
            ]
            let lines = settings.map { "    \($0) = \($1)\n" }.joined()
            try project.write(
                "[core]\n    remote = far\n['remote \"far\"']\n\(lines)",
                to: ".dvc/config.local"
            )
            try run("head -c \(size) /dev/urandom > large && md5sum large > ../sum")
            try project.run(.dvswift, "add", "-q", "large")
        }

        func run(_ script: String) throws {
            try project.attempt(["sh", "-c", script]).checkingSuccess()
        }

        /// From now on the server is reached through a proxy with these rules.
        func proxy(_ rules: [FaultProxy.Rule]) throws -> FaultProxy {
            let proxy = try FaultProxy(before: port, rules)
            try project.run(
                .dvswift,
                "remote",
                "modify",
                "--local",
                "far",
                "endpointurl",
                proxy.url
            )
            return proxy
        }

        /// Starts a command and kills it once `isDue`.
        func kill(_ command: String, _ isDue: @Sendable () throws -> Bool) throws {
            let script = "echo $$ > ../pid; exec '\(try Tool.dvswift.program)' \(command) -q"
            let project = project
            try WorkerPool(jobs: 2).forEach(count: 2, batchSize: 1) { range in
                if range.lowerBound == 0 {
                    let ended = try project.attempt(["sh", "-c", script])
                    #expect(!ended.reason.isSuccess)
                    return
                }
                while try !isDue() { usleep(10_000) }
                let text = try project.text(of: "../pid").filter(\.isNumber)
                _ = Glibc.kill(try #require(pid_t(text)), SIGKILL)
            }
        }
    }

    @Test func `a push to S3 that was killed sends only the parts that are not there`() throws {
        let setting = try Setting()
        let stuck = try setting.proxy([.init(.silence, requests: 4...1000, method: "PUT")])
        // Three parts have gone, and the server has answered before the next are asked for.
        try setting.kill("push") {
            try stuck.requests.filter { $0.fault == "silence" }.count >= 3
        }
        let free = try setting.proxy([])
        #expect(try setting.project.run(.dvswift, "push") == "1 file pushed\n")
        let sent = try free.requests.filter { $0.method == "PUT" }
        #expect(sent.count == Self.parts - 3)
        try setting.project.remove(".dvc/cache")
        try setting.project.run(.dvswift, "fetch", "-q")
        try setting.project.run(.dvswift, "verify", "-q")
        for used in [stuck, free] { used.stop() }
    }

    @Test func `a pull that was killed asks only for what is not here`() throws {
        let setting = try Setting()
        let project = setting.project
        let first = try setting.proxy([])
        try project.run(.dvswift, "push", "-q")
        first.stop()
        for name in ["large", ".dvc/cache"] { try project.remove(name) }
        let half = Self.size / 2
        let proxy = try setting.proxy([.init(.stall(after: half), method: "GET", path: "/data/")])
        try setting.kill("pull") { try Self.sizeOfPart(project) > half / 2 }
        #expect(try !project.exists("large"))
        let free = try setting.proxy([])
        try project.run(.dvswift, "pull", "-q")
        let ranges = try free.requests.filter { $0.method == "GET" && $0.path.contains("/data/") }
            .map(\.range)
        let start = ranges.last.flatMap { Int($0.filter(\.isNumber)) } ?? 0
        #expect(ranges.count == 1 && start > half / 2 && start <= half, "\(ranges)")
        try setting.run("md5sum --check --status ../sum")
        #expect(try Self.sizeOfPart(project) == 0)
        for used in [proxy, free] { used.stop() }
    }

    private static func sizeOfPart(_ project: TemporaryProject) throws -> Int {
        let cache = project.path(".dvc/cache")
        guard try cache.exists() else { return 0 }
        return try cache.filesBelow().reduce(0) { sum, file in
            guard file.name.hasPrefix(".dvswift-part-") else { return sum }
            return sum + Int(try FileStatus.ifPresent(cache.appending(file))?.size ?? 0)
        }
    }
}
