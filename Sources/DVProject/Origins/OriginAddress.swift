import DVSystem

/// Where a repository is.
enum OriginAddress: Hashable, Sendable {
    /// A folder of this machine.
    case folder(AbsolutePath)
    /// What Git clones.
    case url(String)

    /// What `text` may mean, the likeliest first: paths that exist below the bases, a `file://` address, or an address for Git.
    static func candidates(for text: String, in context: OriginContext) throws -> [OriginAddress] {
        if text.hasPrefix("file://") {
            return [.folder(AbsolutePath(String(text.dropFirst(7)), relativeTo: .root))]
        }
        if text.contains("://") { return [.url(text)] }
        var folders: [OriginAddress] = []
        for base in context.bases {
            let path = AbsolutePath(expandingHome(text, context.home), relativeTo: base)
            let isThere = try FileStatus.followingIfPresent(path) != nil
            if isThere, !folders.contains(.folder(path)) { folders.append(.folder(path)) }
        }
        if !folders.isEmpty { return folders }
        guard isHostAndPath(text) else { throw OriginError.noRepository(url: text) }
        return [.url(text)]
    }

    /// `user@host:path`, which is SSH.
    private static func isHostAndPath(_ text: String) -> Bool {
        guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else { return false }
        return !text[..<colon].contains("/")
    }

    private static func expandingHome(_ text: String, _ home: String?) -> String {
        guard let home, text.hasPrefix("~/") else { return text }
        return home + text.dropFirst()
    }
}
