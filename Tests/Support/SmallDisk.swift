import DVSystem
import Glibc

/// A small file system in memory, mounted for a while; only root may do that.
package struct SmallDisk: Sendable {
    package let root: AbsolutePath

    package static let isPossible = geteuid() == 0

    /// Runs `body` with an empty disk and a directory beside it; both are gone afterwards.
    package static func mounted(
        bytes: Int,
        _ body: (SmallDisk, TemporaryDirectory) throws -> Void
    ) throws {
        let directory = try TemporaryDirectory()
        let root = directory.appending("disk")
        try root.makeDirectories()
        guard mount("tmpfs", root.string, "tmpfs", 0, "size=\(bytes)") == 0 else {
            throw SystemError.last("mount", root.string)
        }
        defer { umount2(root.string, Int32(MNT_DETACH)) }
        try body(SmallDisk(root: root), directory)
    }

    package func resize(bytes: Int) throws { try remount(0, "size=\(bytes)") }

    package func makeReadOnly() throws { try remount(UInt(MS_RDONLY), nil) }

    package func makeWritable() throws { try remount(0, nil) }

    private func remount(_ flags: UInt, _ options: String?) throws {
        guard mount(nil, root.string, nil, UInt(MS_REMOUNT) | flags, options) == 0 else {
            throw SystemError.last("mount", root.string)
        }
    }
}
