import DVSystem
import Synchronization

/// Files on a machine that is reached by SSH, through the user's own SSH program and the server's SFTP.
///
/// The program knows the user's hosts, keys, agents and proxies: docs/decisions/0005-ssh-program.md.
package final class SFTPStorage: Storage {
    package let canList = true
    /// Servers refuse more connections than 10 that are not signed in yet.
    private static let usualParallelism = 8

    package let parallelism: Int

    package let location: String
    /// The folder on the server that paths count from; a path on the machine.
    let root: String
    private let command: [String]
    private let environment: [String]
    /// Whether the server has ever answered: only then a failing connection is worth another try.
    private let hasAnswered = Atomic<Bool>(false)

    /// `command` connects and asks for the subsystem `sftp`; `parallelism` nil means what suits most servers.
    package init(
        _ command: [String],
        environment: [String],
        root: String,
        location: String,
        parallelism: Int? = nil
    ) {
        self.parallelism = max(1, parallelism ?? Self.usualParallelism)
        self.command = command
        self.environment = environment
        self.root = root.withoutTrailingSlash
        self.location = location
    }

    package func connect() throws -> any StorageConnection { SFTPConnection(self) }

    func makeSession() throws -> SFTPSession {
        do {
            let session = try SFTPSession(command, environment: environment, at: location)
            hasAnswered.store(true, ordering: .relaxed)
            return session
        } catch let error as StorageError where !hasAnswered.load(ordering: .relaxed) {
            // The program has told why in its own words: a host, a key, a name.
            guard case .interrupted(let why) = error.reason else { throw error }
            throw StorageError(.notConnected(why), at: location)
        } catch let error as SystemError where error.code == .noSuchFileOrDirectory {
            throw StorageError(
                .notInstalled("'\(command[0])' is not installed", package: "openssh-client"),
                at: location
            )
        }
    }
}
