import DVSystem
import Glibc

/// Ceph's object gateway with one monitor and one store in memory: S3 that checks signatures, hashes of payloads and conditions.
///
/// Takes 16 seconds to start, so that there is one for a process.
package final class CephGateway: Sendable {
    package static let shared = Result { try CephGateway() }

    package let account: S3Account
    private let folder: ServerFolder
    /// In the order of their start: monitor, store, gateway.
    private let servers: [LoopbackServer]

    package init() throws {
        let folder = try ServerFolder()
        self.folder = folder
        for name in ["mon", "osd", "run", "rgw", "log"] { _ = try folder.folder("ceph/\(name)") }
        let identity = try CephIdentity()
        let monitor = try LoopbackServer.running { port in
            try identity.makeMonitor(in: folder, port: port)
        }
        try folder.waitForCeph("-s") { _ in true }
        let store = try LoopbackServer.background(try identity.makeStore(in: folder))
        try folder.waitForCeph("osd", "stat") { $0.contains("1 up") }
        let (accessKey, secretKey) = ("AKCEPH", "ceph-secret")
        try folder.run([
            "radosgw-admin", "-c", "\(folder.path)/ceph.conf", "user", "create", "--uid=dv",
            "--display-name=dv", "--access-key=\(accessKey)", "--secret-key=\(secretKey)",
        ])
        let gateway = try LoopbackServer.running { port in
            [
                "radosgw", "-f", "-c", "\(folder.path)/ceph.conf", "-n", "client.rgw.a",
                "--rgw-frontends=beast endpoint=127.0.0.1:\(port)",
            ]
        }
        servers = [monitor, store, gateway]
        account = S3Account(
            endpoint: "http://127.0.0.1:\(gateway.port)",
            accessKey: accessKey,
            secretKey: secretKey
        )
        try folder.waitForGateway(account)
    }

    /// A role that the account may take on, allowed everything; its name for AWS.
    package func makeRole(_ name: String) throws -> String {
        let admin = ["radosgw-admin", "-c", "\(folder.path)/ceph.conf"]
        let trust =
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"#
            + #"{"AWS":["arn:aws:iam:::user/dv"]},"Action":["sts:AssumeRole"]}]}"#
        let rights =
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*"],"#
            + #""Resource":"arn:aws:s3:::*"}]}"#
        let role = "--role-name=\(name)"
        try folder.run(admin + ["role", "create", role, "--assume-role-policy-doc=\(trust)"])
        try folder.run(
            admin + ["role-policy", "put", role, "--policy-name=all", "--policy-doc=\(rights)"]
        )
        return "arn:aws:iam:::role/\(name)"
    }

    deinit { for server in servers.reversed() { server.stop() } }
}

extension ServerFolder {
    /// Asks the monitor until it gives the answer.
    fileprivate func waitForCeph(_ question: String..., until isEnough: (String) -> Bool) throws {
        let command = ["ceph", "--connect-timeout", "10", "-c", "\(path)/ceph.conf"] + question
        for _ in 0..<300 {
            let result = try attempt(command)
            if result.reason.isSuccess, isEnough(result.output) { return }
            usleep(100_000)
        }
        throw SystemError("wait for", "ceph \(question.joined(separator: " "))", code: .timedOut)
    }

    /// Its port takes connections before it has its pools.
    fileprivate func waitForGateway(_ account: S3Account) throws {
        for _ in 0..<300 {
            let result = try account.request(["--output", "/dev/null", "--fail"], "/")
            if result.reason.isSuccess { return }
            usleep(100_000)
        }
        throw SystemError("wait for", account.endpoint, code: .timedOut)
    }
}
