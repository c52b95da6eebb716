import DVHashing
import DVSystem

/// Data as DVC 2 tracked it: digests that ignore the line ends of Windows, objects directly in the cache folder.
extension TemporaryProject {
    /// Writes a file with its object and pointer; the name of the object.
    @discardableResult
    package func trackAsDVC2(_ text: String, at name: String) throws -> ObjectName {
        let bytes = Array(text.utf8)
        try write(bytes, to: name)
        let object = try storeAsDVC2(bytes)
        try write(
            "outs:\n- md5: \(object)\n  size: \(bytes.count)\n  path: \(name)\n",
            to: name + ".dvc"
        )
        try ignore(name)
        return object
    }

    /// Likewise of a folder.
    @discardableResult
    package func trackAsDVC2(folder name: String, _ files: [String: String]) throws -> ObjectName {
        var entries: [String] = []
        var size = 0
        for (path, text) in files.sorted(by: { $0.key < $1.key }) {
            try write(text, to: "\(name)/\(path)")
            let object = try storeAsDVC2(Array(text.utf8))
            entries.append("{\"md5\": \"\(object)\", \"relpath\": \"\(path)\"}")
            size += text.utf8.count
        }
        let listing = "[" + entries.joined(separator: ", ") + "]"
        let object = try storeAsDVC2(Array(listing.utf8), isListing: true)
        let fields = "  size: \(size)\n  nfiles: \(files.count)\n  path: \(name)\n"
        try write("outs:\n- md5: \(object)\n" + fields, to: name + ".dvc")
        try ignore(name)
        return object
    }

    @discardableResult
    package func storeAsDVC2(_ bytes: [UInt8], isListing: Bool = false) throws -> ObjectName {
        let object = ObjectName(Digest(of: bytes, scheme: .md5DOS2Unix), isListing: isListing)
        let path = pathInDVC2Cache(of: object)
        if try path.exists() { return object }
        try write(bytes, to: path.string)
        try path.setPermissions(0o444)
        return object
    }

    package func pathInDVC2Cache(of object: ObjectName) -> AbsolutePath {
        path(".dvc/cache/\(object.text.prefix(2))/\(object.text.dropFirst(2))")
    }

    private func ignore(_ name: String) throws {
        let lines = try exists(".gitignore") ? text(of: ".gitignore") : ""
        try write(lines + "/\(name)\n", to: ".gitignore")
    }
}
