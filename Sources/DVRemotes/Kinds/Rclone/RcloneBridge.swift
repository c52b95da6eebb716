import DVSystem
import Glibc

/// One run of rclone that serves a remote of its own as WebDAV on this machine, for as long as the value lives.
///
/// So any number of objects passes as streams through one process, and rclone's exit codes, which say little of remotes in
/// buckets, need not be trusted. docs/decisions/0009-rclone.md tells more.
final class RcloneBridge {
    /// `http://127.0.0.1:port`.
    let url: String
    let user = "dvswift"
    let password: String
    private let program: Conversation

    /// Starts rclone for `remote`, written as `name:path`.
    ///
    /// Its settings may stand in `environment`.
    init(to remote: String, environment: [String: String], at address: String) throws {
        password = (0..<4).map { _ in String(UInt64.random(in: 0...UInt64.max), radix: 36) }
            .joined()
        var variables = environment
        // Options of rclone by their names, so that no list of processes shows the password.
        variables["RCLONE_USER"] = user
        variables["RCLONE_PASS"] = password
        // A bundle that a Python environment names makes some versions of rclone fail.
        variables["AWS_CA_BUNDLE"] = nil
        program = try Conversation(
            ["/bin/sh", "-c", Self.script, remote],
            environment: variables.map { "\($0.key)=\($0.value)" },
            in: .root
        )
        url = try Self.address(from: program, at: address)
    }

    deinit { program.end(after: .seconds(5)) }

    /// Ends rclone when our end of its input is closed, even if this process is killed.
    ///
    /// What rclone says goes to the output.
    private static let script = """
        command -v rclone >/dev/null || exit 127
        exec 3<&0
        rclone serve webdav --addr 127.0.0.1:0 --vfs-cache-mode off --dir-cache-time 0s --no-modtime -- "$0" 2>&1 &
        served=$!
        { cat >/dev/null; kill $served 2>/dev/null; } <&3 3<&- &
        exec 3<&-
        wait $served
        """

    private static func address(from program: Conversation, at address: String) throws -> String {
        var said = ""
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = try buffer.withUnsafeMutableBytes { try program.read(into: $0) }
            said += String(decoding: buffer[..<count], as: UTF8.self)
            if let start = said.firstRange(of: "http://127.0.0.1:") {
                let port = said[start.upperBound...].prefix(while: \.isNumber)
                if start.upperBound..<port.endIndex != start.upperBound..<said.endIndex {
                    return "http://127.0.0.1:\(port)"
                }
            }
            guard count == 0 else { continue }
            if program.end() == .exited(127) {
                throw StorageError(
                    .notInstalled("this kind of storage needs rclone", package: "rclone"),
                    at: address
                )
            }
            throw StorageError(.misconfigured(Self.lastLine(of: said)), at: address)
        }
    }

    private static func lastLine(of text: String) -> String {
        text.split(separator: "\n").last.map(String.init) ?? "rclone ended at once"
    }
}
