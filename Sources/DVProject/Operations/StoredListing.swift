import DVRemotes
import DVSystem

/// What a place in a storage holds, in the order of `list-url`.
struct StoredListing {
    private let place: StoragePlace
    private let depth: Int

    /// `depth` is the number of levels.
    init(_ place: StoragePlace, depth: Int) {
        self.place = place
        self.depth = depth
    }

    /// Files before folders, each sorted; nil if nothing is there.
    ///
    /// Folders only where the depth ends.
    func entries() throws -> [ExternalEntry]? {
        guard let entry = try place.entry() else { return nil }
        guard entry.isFolder else {
            return [ExternalEntry(path: name, isDirectory: false, size: entry.size)]
        }
        // One level costs one request; for more, storages list all at once.
        let found = try depth == 1 ? place.children() : place.find()?.files ?? []
        var level = Level()
        for file in found {
            let path = file.path.bytes.dropFirst(
                place.path.isEmpty ? 0 : place.path.bytes.count + 1
            )
            level.insert(path.split(separator: UInt8(ascii: "/"))[...], file)
        }
        return level.entries(prefix: "", depth: depth)
    }

    /// As DVC shows a single file: its path on the machine or in the bucket, or the address on a web server.
    private var name: String {
        let location = place.location
        guard let scheme = location.firstRange(of: "://") else { return location }
        let rest = location[scheme.upperBound...]
        switch location[..<scheme.lowerBound] {
        case "s3": return String(rest)
        case "ssh": return String(rest.drop { $0 != "/" })
        default: return location
        }
    }
}

private struct Level {
    private var files: [String: StoredFile] = [:]
    private var folders: [String: Level] = [:]

    mutating func insert(_ path: ArraySlice<ArraySlice<UInt8>>, _ file: StoredFile) {
        guard let first = path.first else { return }
        let name = String(decoding: first, as: UTF8.self)
        if path.count > 1 || file.isFolder {
            folders[name, default: Level()].insert(path.dropFirst(), file)
        } else {
            files[name] = file
        }
    }

    func entries(prefix: String, depth: Int) -> [ExternalEntry] {
        var entries = files.sorted { $0.key < $1.key }.map { name, file in
            ExternalEntry(path: prefix + name, isDirectory: false, size: file.size)
        }
        for (name, level) in folders.sorted(by: { $0.key < $1.key }) {
            if depth <= 1 {
                entries.append(ExternalEntry(path: prefix + name, isDirectory: true, size: nil))
            } else {
                entries += level.entries(prefix: prefix + name + "/", depth: depth - 1)
            }
        }
        return entries
    }
}
