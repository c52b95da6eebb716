import SystemPackage

/// A lexically normalised path that starts at `/`.
///
/// Bytes need not be UTF-8.
package struct AbsolutePath: Hashable, Sendable {
    package let filePath: FilePath

    /// Nil unless `filePath` is absolute; `.` and `..` are resolved lexically.
    package init?(_ filePath: FilePath) {
        guard filePath.isAbsolute else { return nil }
        self.filePath = filePath.lexicallyNormalized()
    }

    package init?(_ string: String) {
        self.init(FilePath(string))
    }

    private init(normalized filePath: FilePath) {
        self.filePath = filePath
    }

    /// `text` as typed by a user: absolute, or relative to `base`.
    package init(_ text: FilePath, relativeTo base: AbsolutePath) {
        filePath = base.filePath.pushing(text).lexicallyNormalized()
    }

    package init(_ text: String, relativeTo base: AbsolutePath) {
        self.init(FilePath(text), relativeTo: base)
    }

    package static let root = AbsolutePath(normalized: "/")

    /// The parent; the root is its own.
    package var parent: AbsolutePath {
        AbsolutePath(normalized: filePath.removingLastComponent())
    }

    /// The last component, empty for the root.
    package var name: String { filePath.lastComponent?.string ?? "" }

    package var isRoot: Bool { filePath.components.isEmpty }

    /// Printable form; invalid UTF-8 is shown with replacement characters.
    package var string: String { filePath.string }

    /// The raw bytes, without a terminator.
    package var bytes: [UInt8] {
        filePath.withPlatformString {
            Array(UnsafeRawBufferPointer(start: $0, count: filePath.length))
        }
    }

    package func appending(_ relative: RelativePath) -> AbsolutePath {
        AbsolutePath(normalized: filePath.appending(relative.filePath.components))
    }

    /// Appends one or more components written with `/`; `..` is resolved lexically.
    package func appending(_ text: String) -> AbsolutePath {
        AbsolutePath(normalized: filePath.appending(text).lexicallyNormalized())
    }

    /// Appends text that is known to be normal, such as a name made of hexadecimal digits, without looking at it.
    package func appending(normalized text: String) -> AbsolutePath {
        AbsolutePath(normalized: filePath.appending(text))
    }

    package func hasPrefix(_ ancestor: AbsolutePath) -> Bool {
        filePath.starts(with: ancestor.filePath)
    }

    /// The way down from `ancestor`, or nil if this path is not below (or equal to) it.
    package func relative(to ancestor: AbsolutePath) -> RelativePath? {
        guard hasPrefix(ancestor) else { return nil }
        var rest = filePath
        _ = rest.removePrefix(ancestor.filePath)
        return RelativePath(rest)
    }

    /// The way from `directory` to this path, climbing with `..` where needed; "." when equal.
    package func climbing(from directory: AbsolutePath) -> String {
        let mine = Array(filePath.components)
        let theirs = Array(directory.filePath.components)
        var shared = 0
        while shared < mine.count, shared < theirs.count, mine[shared] == theirs[shared] {
            shared += 1
        }
        let up = Array(repeating: "..", count: theirs.count - shared)
        let steps = up + mine[shared...].map(\.string)
        return steps.isEmpty ? "." : steps.joined(separator: "/")
    }
}

extension AbsolutePath: CustomStringConvertible, Comparable {
    package var description: String { string }

    package static func < (left: AbsolutePath, right: AbsolutePath) -> Bool {
        left.filePath.string < right.filePath.string
    }
}
