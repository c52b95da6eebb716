import DVSystem
import Glibc

/// A small file system of a kind that the machine's own disks may not have, in an image that is mounted for a while.
///
/// Only root may mount, and not in every container.
package enum MountedImage: String, CaseIterable, Sendable {
    /// Both can share the blocks of files.
    case xfs, btrfs

    /// The kinds that can be made and mounted here, found out by trying.
    package static let possible: [MountedImage] = {
        guard geteuid() == 0 else { return [] }
        return allCases.filter { kind in
            do {
                try kind.mounted { _ in }
                return true
            } catch {
                return false
            }
        }
    }()

    /// Runs `body` with the folder of an empty file system, which is unmounted and removed afterwards.
    package func mounted(_ body: (AbsolutePath) throws -> Void) throws {
        let directory = try TemporaryDirectory()
        let environment = try TestEnvironment(home: directory.appending("home")).entries()
        func run(_ command: [String]) throws {
            try ProgramResult.running(command, environment: environment, in: directory.path)
                .checkingSuccess()
        }
        let folder = directory.appending("mounted")
        try folder.makeDirectories()
        // The least that mkfs.xfs takes; hardly any of it is ever written.
        try run(["truncate", "--size", "320M", "image"])
        try run(["mkfs.\(rawValue)", "-q", "image"])
        try run(["mount", "-o", "loop", "image", folder.string])
        defer {
            // Busy or not, it goes; the loop device with it.
            if umount2(folder.string, Int32(MNT_DETACH)) != 0 { print("still mounted: \(folder)") }
        }
        try body(folder)
    }
}
