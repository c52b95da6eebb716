import DVSystem

/// What a bucket holds.
extension S3Connection {
    func page(
        of folder: RelativePath,
        isRecursive: Bool,
        after token: String?
    ) throws -> ListingPage {
        var request = S3Client.Request("GET")
        request.query = [("list-type", "2"), ("prefix", start(of: folder))]
        if !isRecursive { request.query.append(("delimiter", "/")) }
        if let token { request.query.append(("continuation-token", token)) }
        let tree = try listing(request)
        var page = ListingPage()
        page.files =
            tree.all("Contents").compactMap(file)
            + tree.all("CommonPrefixes").compactMap(commonPrefix)
        if tree["IsTruncated"]?.text == "true" { page.next = tree["NextContinuationToken"]?.text }
        return page
    }

    private func file(_ element: XMLElement) -> StoredFile? {
        // A key that ends in a slash stands for a folder in some browsers.
        guard let key = element["Key"]?.text, !key.hasSuffix("/"), let path = path(key) else {
            return nil
        }
        return StoredFile(
            path: path,
            size: element["Size"].flatMap { Int64($0.text) },
            modified: element["LastModified"].flatMap { HTTPDate.parse($0.text) },
            tag: element["ETag"]?.text.trimmed(of: "\"")
        )
    }

    private func commonPrefix(_ element: XMLElement) -> StoredFile? {
        element["Prefix"].flatMap { path($0.text) }.map { StoredFile(path: $0, isFolder: true) }
    }

    private func path(_ key: String) -> RelativePath? {
        let bytes = Array(key.utf8)
        return bytes.starts(with: prefix) ? RelativePath(bytes: bytes.dropFirst(prefix.count)) : nil
    }

    func versionPage(of folder: RelativePath, after token: String?) throws -> ListingPage {
        var request = S3Client.Request("GET")
        request.query = [("prefix", start(of: folder)), ("versions", "")]
        if let token {
            let markers = token.split(separator: "\0", omittingEmptySubsequences: false)
            request.query.append(("key-marker", String(markers[0])))
            request.query.append(("version-id-marker", String(markers.last ?? "")))
        }
        let tree = try listing(request)
        var page = ListingPage()
        page.files = tree.all("Version").filter { $0["IsLatest"]?.text == "true" }
            .compactMap { version in
                var file = file(version)
                file?.version = Self.version(version["VersionId"]?.text)
                return file
            }
        if tree["IsTruncated"]?.text == "true", let key = tree["NextKeyMarker"]?.text {
            page.next = "\(key)\0\(tree["NextVersionIdMarker"]?.text ?? "")"
        }
        return page
    }

    private func start(of folder: RelativePath) -> String {
        let start = folder.isEmpty ? prefix : key(folder) + [Self.slash]
        return String(decoding: start, as: UTF8.self)
    }

    private func listing(_ request: S3Client.Request) throws -> XMLElement {
        guard let tree = XMLElement.parse(try client.send(request).bytes()) else {
            throw StorageError(
                .refused("the server's answer is no listing"),
                at: client.name(of: request)
            )
        }
        return tree
    }
}
