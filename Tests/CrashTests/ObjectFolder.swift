import DVHashing
import DVSystem
import DVTestSupport

/// A folder of objects as they lie on disk, read without dvswift.
struct ObjectFolder {
    let project: TemporaryProject
    /// `.dvc/cache` or the folder of a remote.
    let path: AbsolutePath

    /// The objects whose content is not what their name says, as text.
    func badObjects() throws -> [String] {
        let hasher = FileHasher()
        let legacy = FileHasher(scheme: .md5DOS2Unix)
        var bad: [String] = []
        for name in try TreeSnapshot(of: path, excluding: ["runs"]).paths {
            let file = path.appending(name)
            guard let object = Self.objectName(of: name),
                try FileStatus.ifPresent(file)?.isRegular == true
            else { continue }
            // Objects of DVC 2 lie directly in the folder.
            let isLegacy = name.split(separator: "/").count == 2
            let content =
                name.hasSuffix(".zst")
                ? try digestDecoded(file)
                : try (isLegacy ? legacy : hasher).hash(fileAt: file).digest.hex
            if content != object { bad.append("\(name): content is \(content)") }
        }
        return bad
    }

    /// What the standard tool finds in a compressed object.
    private func digestDecoded(_ file: AbsolutePath) throws -> String {
        let command = ["sh", "-c", "zstd -dqc \"$0\" | md5sum", file.string]
        return String(try project.attempt(command).checkingSuccess().output.prefix(32))
    }

    /// The 32 digits that `…/ab/cdef….dir.zst` stands for; nil for other files, such as temporary ones.
    private static func objectName(of path: String) -> String? {
        let parts = path.split(separator: "/").suffix(2)
        guard parts.count == 2, let folder = parts.first, let file = parts.last else { return nil }
        let digits = folder + (file.split(separator: ".").first ?? "")
        guard !file.hasPrefix("."), digits.count == 32 else { return nil }
        return digits.allSatisfy(\.isHexDigit) ? String(digits) : nil
    }
}
