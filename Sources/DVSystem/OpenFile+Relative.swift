import CLinux
import Glibc
import SystemPackage

/// Calls relative to an open directory: shorter for the kernel, and safe from folders renamed meanwhile.
extension OpenFile {
    /// Opens what `relative` (NUL behind it) names below this directory; `path` is for errors.
    package func openBelow(
        _ relative: UnsafePointer<CChar>,
        _ flags: Int32,
        path: @autoclosure () -> AbsolutePath
    ) throws(SystemError) -> OpenFile {
        let opened = clinux_openat(descriptor, relative, flags | O_CLOEXEC, 0)
        guard opened >= 0 else { throw .last("open", path().string) }
        return OpenFile(descriptor: opened, path: path())
    }

    /// The status of what `relative` (NUL behind it) names below this directory, or the reason why there is none.
    package func statusBelow(
        _ relative: UnsafePointer<CChar>,
        following: Bool
    ) -> Result<FileStatus, Errno> {
        var raw = stat()
        guard fstatat(descriptor, relative, &raw, following ? 0 : AT_SYMLINK_NOFOLLOW) == 0 else {
            return .failure(.current)
        }
        return .success(FileStatus(raw))
    }
}
