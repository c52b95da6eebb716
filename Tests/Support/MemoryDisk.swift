import DVSystem
import Glibc

/// A small file system in memory that is mounted for a while, which only root may do.
package enum MemoryDisk {
    /// Found out by trying.
    package static let isPossible: Bool = {
        do {
            let directory = try TemporaryDirectory()
            try mounted(at: directory.appending("disk")) {}
            return true
        } catch {
            return false
        }
    }()

    /// Runs `body` with an empty file system at `folder`, which is made where it is missing.
    package static func mounted(
        at folder: AbsolutePath,
        bytes: Int = 16 << 20,
        _ body: () throws -> Void
    ) throws {
        try folder.makeDirectories()
        guard mount("tmpfs", folder.string, "tmpfs", 0, "size=\(bytes)") == 0 else {
            throw SystemError.last("mount", folder.string)
        }
        defer {
            if umount2(folder.string, Int32(MNT_DETACH)) != 0 { print("still mounted: \(folder)") }
        }
        try body()
    }
}
