import DVSystem

/// A program that tests run.
package enum Tool: String, CaseIterable, Sendable {
    /// The one built beside the test bundle, or the program that `DVSWIFT_UNDER_TEST` names.
    case dvswift
    /// Real DVC, in the virtual environment that `make test` prepares.
    case dvc
    case git
    /// Of PyPI, newer than Debian's; `make test` prepares it too.
    case rclone

    package static let dvcVersion = "3.67.1"
    private static let rcloneVersion = "1.75.2"

    /// What to start: a path, or a name to look up in PATH.
    ///
    /// Throws `MissingTool` where it has not been built or installed.
    package var program: String {
        get throws {
            switch self {
            case .dvswift: try Self.present(Self.pathOfDVSwift(), remedy: "swift build")
            case .dvc: try Self.prepared("dvc-\(Self.dvcVersion)")
            case .git: "git"
            case .rclone: try Self.prepared("rclone-\(Self.rcloneVersion)")
            }
        }
    }

    /// The test bundle is the running program, and SwiftPM puts all products into one folder.
    private static func pathOfDVSwift() throws -> AbsolutePath? {
        if let chosen = ProcessEnvironment.current()["DVSWIFT_UNDER_TEST"], !chosen.isEmpty {
            return AbsolutePath(chosen)
        }
        return try AbsolutePath("/proc/self/exe")?.resolvingLinks().parent.appending("dvswift")
    }

    /// The program of a virtual environment that `make test` makes.
    private static func prepared(_ name: String) throws -> String {
        let environment = ProcessEnvironment.current()
        let caches = environment["XDG_CACHE_HOME"] ?? environment["HOME"].map { "\($0)/.cache" }
        let program = name.prefix { $0 != "-" }
        let path = caches.flatMap { AbsolutePath($0) }?
            .appending("dvswift-tests/\(name)/bin/\(program)")
        return try present(path, remedy: "make test")
    }

    private static func present(_ path: AbsolutePath?, remedy: String) throws -> String {
        guard let path, try path.exists() else {
            throw MissingTool(path: path?.string ?? "", remedy: remedy)
        }
        return path.string
    }
}

/// A program that a test needs is not there.
package struct MissingTool: Error, CustomStringConvertible {
    package let path: String
    package let remedy: String

    package var description: String { "nothing at '\(path)': run '\(remedy)' first" }
}
