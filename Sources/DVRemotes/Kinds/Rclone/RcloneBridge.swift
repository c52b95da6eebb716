import DVSystem
import Glibc

/// One run of rclone that serves a remote of its own as WebDAV on this machine, for as long as the value lives.
///
/// So any number of objects passes as streams through one process, and rclone's exit codes, which say little of remotes in
/// buckets, need not be trusted. docs/decisions/0009-rclone.md tells more.
final class RcloneBridge: @unchecked Sendable {
    // Sendable because nothing changes after init, and the program is talked to there only.

    /// `http://127.0.0.1:port`.
    let url: String
    private static let user = "dvswift"
    private let password: String
    private let program: Conversation

    /// Starts rclone for `remote`, written as `name:path`.
    ///
    /// Its settings may stand in `environment`.
    init(to remote: String, environment: [String: String], at address: String) throws {
        password = (0..<4).map { _ in String(UInt64.random(in: 0...UInt64.max), radix: 36) }
            .joined()
        var variables = environment
        // Options of rclone by their names, so that no list of processes shows the password.
        variables["RCLONE_USER"] = Self.user
        variables["RCLONE_PASS"] = password
        program = try Self.start(Self.script, remote, variables)
        url = try Self.address(from: program, at: address)
    }

    deinit { program.end(after: .seconds(5)) }

    /// How to talk to it.
    var options: HTTPOptions {
        var options = HTTPOptions()
        options.authentication = .basic(user: Self.user, password: password)
        // It is on this machine, and its password is nobody else's business.
        options.isDirect = true
        // What is behind it may be slow.
        options.stallTimeout = 300
        return options
    }

    private static func start(
        _ script: String,
        _ remote: String,
        _ environment: [String: String]
    ) throws -> Conversation {
        var variables = environment
        // A bundle that a Python environment names makes some versions of rclone fail.
        variables["AWS_CA_BUNDLE"] = nil
        return try Conversation(
            ["/bin/sh", "-c", script, remote],
            environment: variables.map { "\($0.key)=\($0.value)" },
            in: .root
        )
    }

    /// What rclone has against a remote that it cannot serve.
    static func complaint(about remote: String, environment: [String: String]) throws -> String {
        let line = "rclone lsf --max-depth 1 --retries 1 --low-level-retries 1 -- \"$0\" 2>&1"
        return RcloneComplaint(in: try output(of: line, remote, environment)).text
    }

    /// What rclone has against writing a new file, which is gone afterwards; nil if it can be done.
    static func complaint(
        aboutWriting file: String,
        environment: [String: String]
    ) throws -> String? {
        let line = """
            printf x | rclone rcat --retries 1 --low-level-retries 1 -- "$0" 2>&1
            rclone deletefile --retries 1 --low-level-retries 1 -- "$0" >/dev/null 2>&1
            """
        let output = try output(of: line, file, environment)
        return output.trimmedOfSpace.isEmpty ? nil : RcloneComplaint(in: output).text
    }

    private static func output(
        of script: String,
        _ remote: String,
        _ environment: [String: String]
    ) throws -> String {
        String(decoding: try start(script, remote, environment).readToEnd(), as: UTF8.self)
    }

    /// Ends rclone when our end of its input is closed, even if this process is killed.
    ///
    /// What rclone says until it serves goes to the output; the rest is dropped, so that it never waits for a reader.
    private static let script = """
        command -v rclone >/dev/null || exit 127
        exec 3<&0
        {
            rclone serve webdav --addr 127.0.0.1:0 --vfs-cache-mode off --dir-cache-time 10s --no-modtime --low-level-retries 3 -- "$0" \
                2>&1 3<&- </dev/null &
            echo $!
            wait $!
        } | {
            read -r served
            { cat; kill $served; } <&3 3<&- >/dev/null 2>&1 &
            exec 3<&-
            while IFS= read -r line; do
                printf '%s\\n' "$line"
                case $line in *http://127.0.0.1:*) break ;; esac
            done
            cat >/dev/null
        }
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
            throw StorageError(.misconfigured(RcloneComplaint(in: said).text), at: address)
        }
    }
}
