import DVFormats
import DVSystem

extension RemoteOptions {
    /// The file or folder that the address names, with the folder above it as its storage's root; nil for addresses of this
    /// machine.
    package func place(environment: [String: String]) throws -> StoragePlace? {
        // The address of a file on an HTTP server may have a query, and there are no folders.
        let isPlainHTTP = scheme == "http" || scheme == "https"
        let (root, name) = isPlainHTTP ? (url, nil) : separatingName
        guard let storage = try at(root).storage(environment: environment) else { return nil }
        let path = name.flatMap { RelativePath(bytes: bytes(ofName: $0)) } ?? .empty
        var place = StoragePlace(storage, path, markKind: markKind)
        // No other kind tells the names of versions.
        place.isVersioned = scheme == "s3" && flag("version_aware") == true
        return place
    }

    /// What DVC records of files of this kind, as far as the storage tells it to us.
    ///
    /// Of others it records what rclone does not pass on, or nothing: their contents are read.
    private var markKind: ContentMark.Kind? {
        switch scheme {
        case "s3", "webdav", "webdavs": .etag
        case "http", "https": .checksum
        default: nil
        }
    }

    /// The address of the folder, and the last name of the path; nil if there is no path.
    private var separatingName: (folder: String, name: String?) {
        let address = url.withoutTrailingSlash
        let start = url.firstRange(of: "://")?.upperBound ?? url.startIndex
        guard start < address.endIndex,
            let slash = address[start...].lastIndex(of: "/") ?? colonOfRclone(address)
        else { return (url, nil) }
        let name = String(address[address.index(after: slash)...])
        // The root of a machine keeps its slash, a remote of rclone its colon.
        let end = address[slash] == "/" ? slash : address.index(after: slash)
        return name.isEmpty ? (url, nil) : (String(address[..<end]), name)
    }

    /// In `rclone:NAME:file`, the colon that ends the name of the remote.
    private func colonOfRclone(_ address: String) -> String.Index? {
        address.hasPrefix("rclone:") ? address.lastIndex(of: ":") : nil
    }

    private func bytes(ofName name: String) -> [UInt8] {
        scheme?.hasPrefix("webdav") == true ? PercentEncoding.decode(name) : Array(name.utf8)
    }
}
