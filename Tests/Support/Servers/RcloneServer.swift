import DVSystem

/// S3 as rclone serves a folder: it checks signatures, but no hashes of payloads and no conditions.
package final class RcloneServer: Sendable {
    package static let shared = Result { try RcloneServer() }

    package let account: S3Account
    /// The folder whose folders are buckets.
    package let root: AbsolutePath
    private let server: LoopbackServer
    private let folder: ServerFolder

    package init() throws {
        folder = try ServerFolder()
        let data = try folder.folder("data")
        root = data
        let rclone = try Tool.rclone.program
        let (accessKey, secretKey) = ("AKRCLONE", "rclone-secret")
        server = try LoopbackServer.running { port in
            [
                rclone, "--config", "/dev/null", "serve", "s3", "--addr", "127.0.0.1:\(port)",
                "--auth-key", "\(accessKey),\(secretKey)", "--etag-hash", "MD5",
                "--vfs-cache-mode", "off", data.string,
            ]
        }
        account = S3Account(
            endpoint: "http://127.0.0.1:\(server.port)",
            accessKey: accessKey,
            secretKey: secretKey
        )
    }

    /// Ends the server and all connections now.
    package func stop() { server.stop() }
}
