import SystemPackage

/// A lexically normalised path below some directory: no root, never climbing out; empty for the directory itself.
package struct RelativePath: Hashable, Sendable {
    private let path: PathBytes

    /// Nil if `filePath` is absolute or leaves its base.
    package init?(_ filePath: FilePath) {
        guard !filePath.isAbsolute else { return nil }
        path = PathBytes(normalizing: filePath)
        if path.components.first?.elementsEqual("..".utf8) == true { return nil }
    }

    package init?(_ string: String) {
        self.init(FilePath(string))
    }

    /// Nil if the bytes form an absolute path, or one that leaves its base, or no path at all.
    package init?(bytes: UnsafeRawBufferPointer) {
        if let plain = PathBytes.here.appending(plain: bytes) {
            self.init(normalized: plain)
            return
        }
        if bytes.contains(0) { return nil }
        self.init(FilePath(platformString: bytes.map { CChar(bitPattern: $0) } + [0]))
    }

    /// Nil if the bytes form an absolute path, or one that leaves its base, or no path at all.
    package init?(bytes: some Sequence<UInt8>) {
        let path = Array(bytes).withUnsafeBytes { RelativePath(bytes: $0) }
        guard let path else { return nil }
        self = path
    }

    init(normalized path: PathBytes) {
        self.path = path
    }

    /// The base directory itself.
    package static let empty = RelativePath(normalized: .here)

    package var isEmpty: Bool { path.isEmpty }

    /// Printable form; invalid UTF-8 is shown with replacement characters.
    package var string: String { path.string }

    /// The raw bytes, without a terminator.
    package var bytes: [UInt8] { Array(path.bytes) }

    /// Calls `body` with the bytes, without a terminator; nothing is copied.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        path.bytes.withUnsafeBytes(body)
    }

    /// The names on the way from the base.
    package var components: [ArraySlice<UInt8>] { path.components }

    /// The last component, empty for the base itself.
    package var name: String { String(decoding: path.name, as: UTF8.self) }

    package var parent: RelativePath { RelativePath(normalized: path.parent) }

    /// Calls `body` with the path as the kernel takes it; nothing is copied.
    package func withCString<Result, Failure>(
        _ body: (UnsafePointer<CChar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try path.withCString(body)
    }

    package func appending(_ other: RelativePath) -> RelativePath {
        other.isEmpty ? self : other.withBytes { appending(bytes: $0) }
    }

    package func appending(_ name: String) -> RelativePath {
        var name = name
        return name.withUTF8 { appending(bytes: UnsafeRawBufferPointer($0)) }
    }

    private func appending(bytes: UnsafeRawBufferPointer) -> RelativePath {
        if let plain = path.appending(plain: bytes) { return RelativePath(normalized: plain) }
        let text = FilePath(platformString: bytes.map { CChar(bitPattern: $0) } + [0])
        return RelativePath(
            normalized: PathBytes(normalizing: path.filePath.appending(text.components))
        )
    }

    package func hasPrefix(_ ancestor: RelativePath) -> Bool {
        path.hasPrefix(ancestor.path)
    }

    package func relative(to ancestor: RelativePath) -> RelativePath? {
        path.dropping(ancestor.path).map(RelativePath.init(normalized:))
    }
}

extension RelativePath: CustomStringConvertible, Comparable {
    package var description: String { string }

    package static func < (left: RelativePath, right: RelativePath) -> Bool {
        left.path < right.path
    }
}
