import SystemPackage

/// A lexically normalised path below some directory: no root, never climbing out; empty for the directory itself.
package struct RelativePath: Hashable, Sendable {
    package let filePath: FilePath

    /// Nil if `filePath` is absolute or leaves its base.
    package init?(_ filePath: FilePath) {
        guard !filePath.isAbsolute else { return nil }
        let normalized = filePath.lexicallyNormalized()
        if normalized.components.first?.kind == .parentDirectory { return nil }
        self.filePath = normalized == "." ? FilePath() : normalized
    }

    package init?(_ string: String) {
        self.init(FilePath(string))
    }

    private init(normalized filePath: FilePath) {
        self.filePath = filePath
    }

    /// The base directory itself.
    package static let empty = RelativePath(normalized: FilePath())

    package var isEmpty: Bool { filePath.isEmpty }

    /// Printable form; invalid UTF-8 is shown with replacement characters.
    package var string: String { filePath.string }

    /// The last component, empty for the base itself.
    package var name: String { filePath.lastComponent?.string ?? "" }

    package var parent: RelativePath {
        RelativePath(normalized: filePath.removingLastComponent())
    }

    package func appending(_ other: RelativePath) -> RelativePath {
        RelativePath(normalized: filePath.appending(other.filePath.components))
    }

    package func appending(_ name: String) -> RelativePath {
        RelativePath(normalized: filePath.appending(name))
    }

    package func hasPrefix(_ ancestor: RelativePath) -> Bool {
        filePath.starts(with: ancestor.filePath)
    }

    package func relative(to ancestor: RelativePath) -> RelativePath? {
        guard hasPrefix(ancestor) else { return nil }
        var rest = filePath
        _ = rest.removePrefix(ancestor.filePath)
        return RelativePath(normalized: rest)
    }

    /// The raw bytes, without a terminator.
    package var bytes: [UInt8] {
        filePath.withPlatformString { pointer in
            Array(UnsafeRawBufferPointer(start: pointer, count: filePath.length))
        }
    }

    /// Nil if the bytes form an absolute path, or one that leaves its base.
    package init?(bytes: some Collection<UInt8>) {
        let terminated = bytes.map { CChar(bitPattern: $0) } + [0]
        self.init(terminated.withUnsafeBufferPointer { FilePath(platformString: Array($0)) })
    }
}

extension RelativePath: CustomStringConvertible, Comparable {
    package var description: String { string }

    package static func < (left: RelativePath, right: RelativePath) -> Bool {
        left.filePath.string < right.filePath.string
    }
}
