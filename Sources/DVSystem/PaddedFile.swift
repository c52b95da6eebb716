import Glibc
import SystemPackage

/// A text of at most a page that is overwritten where it lies, with spaces behind it if it gets shorter.
///
/// A single write within one page: who is killed leaves the old text or the new one. Making a new file under the same
/// name, as for longer texts, costs several times as much. The machine may lose both when it goes down.
///
/// Only under a lock that readers take too.
package struct PaddedFile: ~Copyable {
    /// The text with the spaces; empty if there is no file.
    package let bytes: [UInt8]
    private let path: AbsolutePath
    /// Nil where a new file is to be made.
    private let file: OpenFile?

    private static let capacity = 4096

    /// Reads the file; follows symbolic links.
    package init(at path: AbsolutePath) throws(SystemError) {
        self.path = path
        // What is not there, or somebody else's, gets a new file.
        let opened: OpenFile? = try? OpenFile.open(path, O_RDWR)
        var page = [UInt8](repeating: 0, count: Self.capacity + 1)
        if let count = try opened?.fill(&page), count <= Self.capacity {
            bytes = Array(page[..<count])
            file = consume opened
        } else {
            bytes = try path.readBytesIfPresent() ?? []
            file = nil
        }
    }

    /// What the file has then: `text`, and perhaps spaces.
    package func replace(with text: [UInt8]) throws(SystemError) -> [UInt8] {
        guard text.count <= Self.capacity, file != nil else {
            try path.replaceContents(with: text, isLasting: false)
            return text
        }
        let spaces = max(0, bytes.count - text.count)
        let padded = text + repeatElement(UInt8(ascii: " "), count: spaces)
        try file?.write(padded, at: 0)
        return padded
    }
}
