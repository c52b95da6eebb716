/// The name of some content in a cache or remote: its digest, and whether it is a directory listing.
///
/// The content of a listing (the `.dir` objects of DVC) names the files of a tracked directory.
package struct ObjectName: Hashable, Sendable {
    package let digest: Digest
    package let isListing: Bool

    package init(_ digest: Digest, isListing: Bool = false) {
        self.digest = digest
        self.isListing = isListing
    }

    /// Parses `<32 hex digits>` or `<32 hex digits>.dir`.
    package init?(_ text: some StringProtocol) {
        let isListing = text.hasSuffix(Self.listingSuffix)
        let hex = isListing ? text.dropLast(Self.listingSuffix.count) : text[...]
        guard let digest = Digest(hex: hex) else { return nil }
        self.init(digest, isListing: isListing)
    }

    /// As pointers and caches write it: `<md5>` or `<md5>.dir`.
    package var text: String { isListing ? digest.hex + Self.listingSuffix : digest.hex }

    package static let listingSuffix = ".dir"
}

extension ObjectName {
    /// A listing never has the digest of other content in practice: the digest alone tells names apart.
    package func hash(into hasher: inout Swift.Hasher) { digest.hash(into: &hasher) }

    package func _rawHashValue(seed: Int) -> Int { digest._rawHashValue(seed: seed) }
}

extension ObjectName: Comparable, CustomStringConvertible {
    package static func < (left: ObjectName, right: ObjectName) -> Bool {
        left.digest == right.digest
            ? !left.isListing && right.isListing
            : left.digest < right.digest
    }

    package var description: String { text }
}
