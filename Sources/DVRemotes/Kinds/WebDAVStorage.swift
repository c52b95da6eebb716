import DVSystem

/// Files on a WebDAV server (RFC 4918).
package struct WebDAVStorage: Storage {
    package let location: String
    package let canList = true
    package let parallelism = 16

    private let options: HTTPOptions

    /// `url` is the address of the root, `http://` or `https://`, with its path percent-encoded.
    package init(_ url: String, _ options: HTTPOptions) {
        location = url.withoutTrailingSlash
        self.options = options
    }

    package func connect() throws -> any StorageConnection {
        WebDAVConnection(HTTPFiles(try HTTPSession(options, for: location), root: location))
    }
}

private final class WebDAVConnection: StorageConnection {
    private let files: HTTPFiles

    init(_ files: HTTPFiles) { self.files = files }

    func status(of file: RelativePath) throws -> StoredFile? {
        try properties(of: file, depth: "0")?.first { $0.path == file }
    }

    func open(_ file: RelativePath, from offset: Int64) throws -> (any IncomingContent)? {
        try files.open(file, from: offset)
    }

    func page(
        of folder: RelativePath,
        isRecursive: Bool,
        after token: String?
    ) throws -> ListingPage {
        var page = ListingPage()
        // Many servers refuse to list more than one level at once.
        var folders = [folder]
        while let next = folders.popLast() {
            try Interruption.check()
            let entries = try properties(of: next, depth: "1") ?? []
            for entry in entries where entry.path != next {
                if isRecursive && entry.isFolder {
                    folders.append(entry.path)
                } else {
                    page.files.append(entry)
                }
            }
        }
        return page
    }

    /// The file gets its name when it is complete.
    func write(_ content: any OutgoingContent, to file: RelativePath) throws {
        let draft = file.parent.appending(TemporaryFile.uniqueName())
        var request = HTTPRequest("PUT", files.address(of: draft))
        request.headers.append(("Content-Type", "application/octet-stream"))
        request.body = .content(content)
        do {
            let answer = try files.send(request, accepting: 404, 409)
            if !answer.isSuccess {
                try makeFolder(file.parent)
                try files.send(request)
            }
            try publish(draft, as: file, size: content.size)
        } catch {
            discard(draft)
            throw error
        }
    }

    private func publish(_ draft: RelativePath, as file: RelativePath, size: Int64) throws {
        do {
            try move(draft, to: file)
        } catch let error as StorageError {
            // It may have been moved, and the answer lost.
            guard try status(of: draft) == nil, try status(of: file)?.size == size else {
                throw error
            }
        }
    }

    func remove(_ paths: [RelativePath]) throws {
        for path in paths {
            try files.send(HTTPRequest("DELETE", files.address(of: path)), accepting: 404)
        }
    }

    func move(_ file: RelativePath, to target: RelativePath) throws {
        var request = HTTPRequest("MOVE", files.address(of: file))
        request.headers += [
            ("Destination", files.address(of: target)), ("Overwrite", "T"),
        ]
        // 409 by the standard, 403 from rclone: the folder is missing.
        let answer = try files.send(request, accepting: 403, 409)
        guard !answer.isSuccess else { return }
        try makeFolder(target.parent)
        try files.send(request)
    }

    /// After a failure; what cannot be removed now is not an object and harms nobody.
    private func discard(_ draft: RelativePath) {
        _ = try? files.send(HTTPRequest("DELETE", files.address(of: draft)), accepting: 404)
    }

    /// With the folders above, up to the server's root as far as the server lets us.
    private func makeFolder(_ folder: RelativePath) throws {
        var request = HTTPRequest("MKCOL", files.address(of: folder) + "/")
        request.headers.append(("Content-Length", "0"))
        // 405: it is there.
        let answer = try files.send(request, accepting: 405, 409, 301)
        guard answer.status == 409, !folder.isEmpty else { return }
        try makeFolder(folder.parent)
        try files.send(request, accepting: 405, 301)
    }

    /// What the server tells of a path and, with depth 1, of what it holds; nil if it is not there.
    private func properties(of path: RelativePath, depth: String) throws -> [StoredFile]? {
        let address = files.address(of: path)
        // A folder's address ends in a slash; servers redirect otherwise, or refuse.
        var request = HTTPRequest("PROPFIND", depth == "0" ? address : address + "/")
        request.headers += [("Depth", depth), ("Content-Type", "application/xml")]
        request.body = .bytes(Self.question)
        let response = try files.session.send(request)
        let body = try response.bytes()
        if response.status == 404 || response.status == 410 { return nil }
        // A folder asked for as a file.
        if depth == "0", response.status == 301 {
            return [StoredFile(path: path, isFolder: true)]
        }
        guard response.isSuccess else { throw response.error() }
        guard let answer = XMLElement.parse(body) else {
            throw StorageError(.refused("the server's answer is no WebDAV"), at: address)
        }
        return answer.all("response").compactMap(entry)
    }

    private static let question = Array(
        """
        <?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/>\
        <getlastmodified/><getetag/></prop></propfind>
        """.utf8
    )

    private func entry(_ response: XMLElement) -> StoredFile? {
        guard let href = response["href"]?.text.trimmedOfSpace, let path = path(at: href) else {
            return nil
        }
        var file = StoredFile(path: path)
        for part in response.all("propstat") {
            guard let properties = part["prop"], part["status"]?.text.contains("200") == true else {
                continue
            }
            file.size = file.size ?? properties["getcontentlength"].flatMap { Int64($0.text) }
            file.modified =
                file.modified ?? properties["getlastmodified"].flatMap { HTTPDate.parse($0.text) }
            file.tag = file.tag ?? properties["getetag"]?.text
            if properties["resourcetype"]?["collection"] != nil { file.isFolder = true }
        }
        if file.isFolder { file.size = nil }
        return file
    }

    /// A path below the root from an address of the server, which may leave out scheme and host.
    private func path(at href: String) -> RelativePath? {
        let decoded = PercentEncoding.decode(Self.pathOfURL(href))
        var root = PercentEncoding.decode(Self.pathOfURL(files.root))
        if root.last != UInt8(ascii: "/") { root.append(UInt8(ascii: "/")) }
        if decoded + [UInt8(ascii: "/")] == root { return .empty }
        guard decoded.starts(with: root) else { return nil }
        return RelativePath(bytes: decoded.dropFirst(root.count))
    }

    private static func pathOfURL(_ url: String) -> Substring {
        guard let scheme = url.firstRange(of: "://") else { return url[...] }
        return url[scheme.upperBound...].drop { $0 != "/" }
    }
}
