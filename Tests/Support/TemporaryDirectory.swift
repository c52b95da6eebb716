import DVSystem
import Glibc

/// A fresh directory for one test, removed with everything in it when the value goes away.
package final class TemporaryDirectory: Sendable {
    package let path: AbsolutePath

    /// The directory is made in `base`, by default `$TMPDIR` or `/tmp`.
    package init(in base: String? = nil) throws {
        let parent = base ?? getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/dvswift-test-XXXXXX".utf8CString)
        guard let name = mkdtemp(&template), let path = AbsolutePath(String(cString: name)) else {
            throw SystemError.last("create", parent)
        }
        self.path = path
    }

    deinit { Self.remove(path.bytes) }

    /// With bare system calls: built without optimisation, typed paths would take most of the time of many tests.
    private static func remove(_ path: [UInt8]) {
        let text = (path + [0]).map { CChar(bitPattern: $0) }
        if unlink(text) == 0 { return }
        guard errno == EISDIR || errno == EPERM, let folder = opendir(text) else {
            return print("left over: \(String(decoding: path, as: UTF8.self))")
        }
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { [UInt8]($0.prefix { $0 != 0 }) }
            if name != [0x2E], name != [0x2E, 0x2E] { remove(path + [0x2F] + name) }
        }
        closedir(folder)
        if rmdir(text) != 0 { print("left over: \(String(decoding: path, as: UTF8.self))") }
    }

    /// A path in the directory, which need not exist.
    package func appending(_ name: String) -> AbsolutePath {
        path.appending(name)
    }

    /// Writes a file, with missing parents, and gives its path back.
    @discardableResult
    package func write(_ bytes: [UInt8], to name: String) throws -> AbsolutePath {
        let file = path.appending(name)
        try file.parent.makeDirectories()
        try file.replaceContents(with: bytes)
        return file
    }

    @discardableResult
    package func write(_ text: String, to name: String) throws -> AbsolutePath {
        try write(Array(text.utf8), to: name)
    }
}
