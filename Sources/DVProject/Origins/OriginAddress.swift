import DVSystem

/// Where a repository is.
enum OriginAddress: Hashable, Sendable {
    /// A folder of this machine.
    case folder(AbsolutePath)
    /// What Git clones.
    case url(String)

    /// What `text` means: a path that exists below one of the bases, a `file://` address, or an address for Git.
    init(_ text: String, in context: OriginContext) throws {
        if text.hasPrefix("file://") {
            self = .folder(AbsolutePath(String(text.dropFirst(7)), relativeTo: .root))
            return
        }
        if text.contains("://") {
            self = .url(text)
            return
        }
        for base in context.bases {
            let path = AbsolutePath(Self.expandingHome(text, context.home), relativeTo: base)
            if try FileStatus.followingIfPresent(path) != nil {
                self = .folder(path)
                return
            }
        }
        guard Self.isHostAndPath(text) else { throw OriginError.noRepository(url: text) }
        self = .url(text)
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
