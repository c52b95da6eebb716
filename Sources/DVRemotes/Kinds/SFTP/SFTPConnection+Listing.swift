import DVSystem

/// What folders of a server hold.
extension SFTPConnection {
    func page(
        of folder: RelativePath,
        isRecursive: Bool,
        after token: String?
    ) throws -> ListingPage {
        try talking { session in
            var page = ListingPage()
            var folders = [folder]
            while let next = folders.popLast() {
                try Interruption.check()
                for entry in try entries(of: next, session) {
                    if isRecursive && entry.isFolder {
                        folders.append(entry.path)
                    } else {
                        page.files.append(entry)
                    }
                }
            }
            return page
        }
    }

    private func entries(of folder: RelativePath, _ session: SFTPSession) throws -> [StoredFile] {
        var answer = try session.ask(.openFolder) { $0.add(name(folder)) }
        guard answer.kind == .answerHandle, let handle = answer.string() else {
            let none: [StoredFile]? = try missing(answer, session, folder)
            return none ?? []
        }
        defer {
            if let number = try? session.send(.close, { $0.add(handle) }) { session.ignore(number) }
        }
        var entries: [StoredFile] = []
        while true {
            var answer = try session.ask(.readFolder) { $0.add(handle) }
            guard answer.kind == .answerNames, let count = answer.number() else {
                var copy = answer
                if copy.number() == SFTPStatus.end { return entries }
                throw session.error(answer, address(folder))
            }
            for _ in 0..<count {
                guard let bytes = answer.string(), answer.string() != nil,
                    let attributes = answer.attributes()
                else { throw session.malformed() }
                guard let entry = try entry(bytes, attributes, in: folder, session) else {
                    continue
                }
                entries.append(entry)
            }
        }
    }

    private func entry(
        _ name: ArraySlice<UInt8>,
        _ attributes: SFTPAttributes,
        in folder: RelativePath,
        _ session: SFTPSession
    ) throws -> StoredFile? {
        guard !name.elementsEqual(".".utf8), !name.elementsEqual("..".utf8),
            let child = RelativePath(bytes: name)
        else { return nil }
        let path = folder.appending(child)
        guard attributes.isLink else { return StoredFile(path, attributes) }
        var answer = try session.ask(.status) { $0.add(self.name(path)) }
        // A link to nothing is nothing.
        return answer.kind == .answerAttributes
            ? answer.attributes().map { StoredFile(path, $0) } : nil
    }
}

extension StoredFile {
    init(_ path: RelativePath, _ attributes: SFTPAttributes) {
        self.init(
            path: path,
            size: attributes.isFolder ? nil : attributes.size.map { Int64(clamping: $0) },
            modified: attributes.modified.map { Int64($0) * 1_000_000_000 },
            isFolder: attributes.isFolder
        )
        // Two contents of one size within a second look the same; only digests tell.
        if let size, let modified { tag = "\(size)-\(modified)" }
    }
}
