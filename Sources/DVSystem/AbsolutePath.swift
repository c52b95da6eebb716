import SystemPackage

/// A lexically normalised path that starts at `/`.
///
/// Bytes need not be UTF-8.
package struct AbsolutePath: Hashable, Sendable {
    private let path: PathBytes

    /// Nil unless `filePath` is absolute; `.` and `..` are resolved lexically.
    package init?(_ filePath: FilePath) {
        guard filePath.isAbsolute else { return nil }
        path = PathBytes(normalizing: filePath)
    }

    package init?(_ string: String) {
        self.init(FilePath(string))
    }

    private init(_ path: PathBytes) {
        self.path = path
    }

    /// `text` as typed by a user: absolute, or relative to `base`.
    package init(_ text: FilePath, relativeTo base: AbsolutePath) {
        path = PathBytes(normalizing: base.path.filePath.pushing(text))
    }

    package init(_ text: String, relativeTo base: AbsolutePath) {
        self.init(FilePath(text), relativeTo: base)
    }

    package static let root = AbsolutePath(.root)

    /// The parent; the root is its own.
    package var parent: AbsolutePath { AbsolutePath(path.parent) }

    /// The last component, empty for the root.
    package var name: String { String(decoding: path.name, as: UTF8.self) }

    package var isRoot: Bool { path == .root }

    /// Printable form; invalid UTF-8 is shown with replacement characters.
    package var string: String { path.string }

    /// The raw bytes, without a terminator.
    package var bytes: [UInt8] { Array(path.bytes) }

    /// The names on the way from the root.
    package var components: [ArraySlice<UInt8>] { path.components }

    package var filePath: FilePath { path.filePath }

    /// Calls `body` with the path as the kernel takes it; nothing is copied.
    package func withCString<Result, Failure>(
        _ body: (UnsafePointer<CChar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try path.withCString(body)
    }

    package func appending(_ relative: RelativePath) -> AbsolutePath {
        relative.isEmpty ? self : relative.withBytes { appending(bytes: $0) }
    }

    /// Appends one or more components written with `/`; `..` is resolved lexically.
    package func appending(_ text: String) -> AbsolutePath {
        var text = text
        return text.withUTF8 { appending(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// The same for a path in bytes.
    package func appending(bytes: UnsafeRawBufferPointer) -> AbsolutePath {
        if let plain = path.appending(plain: bytes) { return AbsolutePath(plain) }
        let text = FilePath(platformString: bytes.map { CChar(bitPattern: $0) } + [0])
        return AbsolutePath(PathBytes(normalizing: filePath.appending(text.components)))
    }

    package func hasPrefix(_ ancestor: AbsolutePath) -> Bool {
        path.hasPrefix(ancestor.path)
    }

    /// Whether one is the other, or lies in it.
    package func overlaps(_ other: AbsolutePath) -> Bool {
        hasPrefix(other) || other.hasPrefix(self)
    }

    /// The way down from `ancestor`, or nil if this path is not below (or equal to) it.
    package func relative(to ancestor: AbsolutePath) -> RelativePath? {
        path.dropping(ancestor.path).map(RelativePath.init(normalized:))
    }

    /// The way from `directory` to this path, climbing with `..` where needed; "." when equal.
    package func climbing(from directory: AbsolutePath) -> String {
        let (mine, theirs) = (components, directory.components)
        var shared = 0
        while shared < mine.count, shared < theirs.count, mine[shared] == theirs[shared] {
            shared += 1
        }
        let up = Array(repeating: "..", count: theirs.count - shared)
        let steps = up + mine[shared...].map { String(decoding: $0, as: UTF8.self) }
        return steps.isEmpty ? "." : steps.joined(separator: "/")
    }
}

extension AbsolutePath: CustomStringConvertible, Comparable {
    package var description: String { string }

    package static func < (left: AbsolutePath, right: AbsolutePath) -> Bool {
        left.path < right.path
    }
}
