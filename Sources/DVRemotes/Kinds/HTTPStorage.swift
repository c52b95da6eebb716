import DVSystem

/// Files on a plain HTTP server: read by GET, written by PUT or POST where the server takes them; no listings.
package struct HTTPStorage: Storage {
    package let location: String
    package let canList = false
    package let parallelism = 16

    private let options: HTTPOptions
    private let uploadMethod: String

    /// `url` is the address of the root, with its path percent-encoded.
    package init(_ url: String, _ options: HTTPOptions, uploadMethod: String = "POST") {
        location = url.withoutTrailingSlash
        self.options = options
        self.uploadMethod = uploadMethod
    }

    package func connect() throws -> any StorageConnection {
        HTTPConnection(
            try HTTPFiles(HTTPSession(options, for: location), root: location),
            uploadMethod: uploadMethod
        )
    }
}

/// What HTTP and WebDAV have in common: files at addresses below a root.
struct HTTPFiles {
    let session: HTTPSession
    let root: String

    init(_ session: HTTPSession, root: String) {
        self.session = session
        self.root = root
    }

    func address(of path: RelativePath) -> String {
        path.isEmpty ? root : root + "/" + PercentEncoding.encode(path)
    }

    /// Nil if the server says that there is no such file.
    func status(of file: RelativePath) throws -> StoredFile? {
        var response = try session.send(HTTPRequest("HEAD", address(of: file)))
        // Servers that know no HEAD begin to send the file, which is left at once.
        if response.status == 405 || response.status == 501 {
            response = try session.send(HTTPRequest("GET", address(of: file)))
        }
        if response.status == 404 || response.status == 410 { return nil }
        guard response.isSuccess else { throw response.error() }
        return StoredFile(
            path: file,
            size: response.contentLength,
            modified: response.modified,
            tag: response.tag
        )
    }

    func open(_ file: RelativePath, from offset: Int64) throws -> HTTPContent? {
        var request = HTTPRequest("GET", address(of: file))
        if offset > 0 { request.headers.append(("Range", "bytes=\(offset)-")) }
        let response = try session.send(request)
        if response.status == 404 || response.status == 410 { return nil }
        guard response.isSuccess else { throw response.error() }
        return HTTPContent(response, from: offset)
    }

    /// Sends a request of which only the status is of interest.
    @discardableResult
    func send(_ request: HTTPRequest, accepting accepted: Int...) throws -> HTTPResponse {
        let response = try session.send(request)
        let text = try response.bytes(limit: 500)
        guard response.isSuccess || accepted.contains(response.status) else {
            throw response.error(saying: Self.firstLine(of: text))
        }
        return response
    }

    /// What a server says in plain text; pages for browsers say nothing.
    private static func firstLine(of body: [UInt8]) -> String? {
        let line = String(decoding: body.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        return line.isEmpty || line.contains("<") ? nil : line
    }
}

private final class HTTPConnection: StorageConnection {
    private let files: HTTPFiles
    private let uploadMethod: String

    init(_ files: HTTPFiles, uploadMethod: String) {
        self.files = files
        self.uploadMethod = uploadMethod
    }

    func status(of file: RelativePath) throws -> StoredFile? { try files.status(of: file) }

    func open(_ file: RelativePath, from offset: Int64) throws -> (any IncomingContent)? {
        try files.open(file, from: offset)
    }

    func write(_ content: any OutgoingContent, to file: RelativePath) throws {
        var request = HTTPRequest(uploadMethod, files.address(of: file))
        request.headers.append(("Content-Type", "application/octet-stream"))
        request.body = .content(content)
        try files.send(request)
    }

    func page(
        of folder: RelativePath,
        isRecursive: Bool,
        after token: String?
    ) throws -> ListingPage {
        throw unsupported("listings", folder)
    }

    func remove(_ files: [RelativePath]) throws {
        guard let first = files.first else { return }
        throw unsupported("deletions", first)
    }

    func move(_ file: RelativePath, to target: RelativePath) throws {
        throw unsupported("renaming", file)
    }

    private func unsupported(_ what: String, _ path: RelativePath) -> StorageError {
        StorageError(.unsupported("HTTP servers offer no \(what)"), at: files.address(of: path))
    }
}

extension String {
    var withoutTrailingSlash: String {
        var rest = self[...]
        while rest.last == "/" { rest.removeLast() }
        return String(rest)
    }
}
