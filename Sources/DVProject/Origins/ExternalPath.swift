import DVFormats
import DVRemotes
import DVSystem

/// A file or folder outside of version control, as `import-url` and its relatives name it: the one place that knows whether an
/// address is local or in a storage.
enum ExternalPath {
    case here(AbsolutePath)
    case stored(StoragePlace)

    /// What `text` means: a path, absolute or from `folder`, or an address, of which `remote://name/path` is one.
    init(
        _ text: String,
        adding options: [StorageOption] = [],
        from folder: AbsolutePath,
        in addresses: AddressSettings
    ) throws {
        guard Self.isAddress(text) else {
            // DVC drops slashes of `file:///path`.
            let isAddress = text.hasPrefix("file:/")
            self = .here(
                AbsolutePath(isAddress ? String(text.dropFirst(5)) : text, relativeTo: folder)
            )
            return
        }
        if text.hasPrefix("file://") || text.hasPrefix("local://") {
            let rest = text.drop { $0 != "/" }.dropFirst(2)
            self = .here(AbsolutePath(String(rest), relativeTo: .root))
            return
        }
        self = try addresses.place(text, adding: options, from: folder)
    }

    static func isAddress(_ text: String) -> Bool {
        text.contains("://") || text.hasPrefix("rclone:")
    }

    /// Whether anything is there.
    func isThere() throws -> Bool {
        switch self {
        case .here(let path): try FileStatus.followingIfPresent(path) != nil
        case .stored(let place): try place.isThere()
        }
    }

    /// Whether the versions count that a storage keeps.
    var isVersioned: Bool {
        if case .stored(let place) = self { place.isVersioned } else { false }
    }

    /// The same, by what is there now alone.
    var withoutVersions: ExternalPath {
        guard case .stored(var place) = self else { return self }
        place.isVersioned = false
        return .stored(place)
    }

    /// That version of the file.
    func at(version: String) -> ExternalPath {
        guard case .stored(var place) = self else { return self }
        place.version = version
        return .stored(place)
    }

    /// Nil in a storage.
    var localPath: AbsolutePath? {
        if case .here(let path) = self { path } else { nil }
    }

    /// What a pointer in `folder` says: a path from there if the user wrote one from the working directory.
    func written(as text: String, in folder: AbsolutePath) -> String {
        guard case .here(let path) = self, !text.hasPrefix("remote://") else { return text }
        if text.hasPrefix("/") || text.contains("://") { return path.string }
        return path.climbing(from: folder)
    }

    /// As DVC prints it: paths outside of the project in full.
    func shown(as text: String, in project: Project) -> String {
        guard case .here(let path) = self, !text.hasPrefix("remote://") else { return text }
        return path.hasPrefix(project.root) ? project.display(path) : path.string
    }
}
