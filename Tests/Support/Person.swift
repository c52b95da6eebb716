import DVSystem
import Glibc

/// A user of the machine beside the one that runs the tests, who shares a group with the others.
///
/// Only root can act for others. The users need no names.
package struct Person: Sendable {
    /// The group of all persons.
    package static let group: UInt32 = 62_000

    private let id: UInt32

    package init(_ number: UInt32) {
        id = 61_000 + number
    }

    /// Whether others can run dvswift, found out by trying: it may have been built in a folder of this user.
    package static let isPossible: Bool = {
        guard geteuid() == 0 else { return false }
        do {
            let project = try TemporaryProject(madeBy: nil, git: false)
            try Person(0).takeOver(project)
            return try Person(0).attempt(["version"], in: project).status == 0
        } catch {
            return false
        }
    }()

    /// Gives everything of the project, its home too, to this person.
    package func takeOver(_ project: TemporaryProject) throws {
        try project.surroundings.setPermissions(0o755)
        let owner = "\(id):\(id)"
        try project.attempt(["chown", "--recursive", owner, project.surroundings.string])
            .checkingSuccess()
    }

    /// Runs dvswift as this person, who lets nobody write what is made.
    package func attempt(
        _ arguments: [String],
        in project: TemporaryProject
    ) throws -> ProgramResult {
        let identity = ["--reuid=\(id)", "--regid=\(id)", "--groups=\(Self.group)"]
        let script = ["sh", "-c", "umask 022; exec \"$0\" \"$@\"", try Tool.dvswift.program]
        return try project.attempt(["setpriv"] + identity + script + arguments)
    }

    @discardableResult
    package func run(
        _ arguments: String...,
        in project: TemporaryProject
    ) throws -> String {
        try attempt(arguments, in: project).checkingSuccess().output
    }
}
