/// `cache.compression`: how new objects are stored.
///
/// Reading understands every form at any setting.
package enum Compression: String, Sendable, CaseIterable {
    /// zstd, except where it would save no disk block or less than a tenth.
    case auto
    case zstd
    case zlib
    case none
}

/// `cache.type`: how a workspace file comes from its object.
package enum LinkType: String, Sendable, CaseIterable {
    case reflink, hardlink, symlink, copy
}

/// What a project's configuration says about its cache.
package struct StoreSettings: Hashable, Sendable {
    package var compression = Compression.none
    /// The codec's own level; nil for the default.
    package var level: Int?
    /// Tried in this order.
    package var linkTypes: [LinkType] = [.reflink, .copy]
    /// `cache.shared = group`: folders are group-writable and keep their group.
    package var isShared = false

    package init() {}

    /// Hard and symbolic links point at plain content.
    var needsPlainObjects: Bool {
        compression == .none || linkTypes.contains { $0 == .hardlink || $0 == .symlink }
    }
}
