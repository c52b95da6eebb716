import DVFormats
import DVSystem

/// A file or folder outside of version control, as `import-url` and its relatives name it.
struct ExternalPath {
    let path: AbsolutePath

    /// What `text` means: a path, absolute or from `folder`, a `file://` address, or `remote://name/path`.
    init(_ text: String, from folder: AbsolutePath, settings: ProjectSettings?) throws {
        guard let separator = text.firstRange(of: "://") else {
            // DVC drops slashes of `file:///path`.
            let isAddress = text.hasPrefix("file:/")
            path = AbsolutePath(isAddress ? String(text.dropFirst(5)) : text, relativeTo: folder)
            return
        }
        let scheme = String(text[..<separator.lowerBound])
        let rest = String(text[separator.upperBound...])
        switch scheme {
        case "file", "local": path = AbsolutePath(rest, relativeTo: .root)
        case "remote":
            guard let settings else {
                throw OriginError.unsupportedScheme(url: text, scheme: scheme)
            }
            let name = String(rest.prefix { $0 != "/" })
            let directory = try settings.remote(name).directory()
            path = directory.appending(String(rest.dropFirst(name.count + 1)))
        default: throw OriginError.unsupportedScheme(url: text, scheme: scheme)
        }
    }
}
