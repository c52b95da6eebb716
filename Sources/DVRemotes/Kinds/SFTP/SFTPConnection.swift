import DVSystem

/// Files of a server over one connection, which is made anew when it broke.
final class SFTPConnection: StorageConnection {
    private let storage: SFTPStorage
    private var session: SFTPSession?

    init(_ storage: SFTPStorage) { self.storage = storage }

    func name(_ path: RelativePath) -> [UInt8] {
        path.isEmpty ? Array(storage.root.utf8) : Array(storage.root.utf8) + [0x2f] + path.bytes
    }

    /// For messages.
    func address(_ path: RelativePath) -> String { "\(storage.location)/\(path)" }

    /// Work on the connection; one that breaks is forgotten, so that the next attempt makes another.
    func talking<Result>(_ body: (SFTPSession) throws -> Result) throws -> Result {
        let session = try self.session ?? storage.makeSession()
        self.session = session
        do {
            return try body(session)
        } catch {
            self.session = nil
            throw error
        }
    }

    func status(of file: RelativePath) throws -> StoredFile? {
        try talking { session in
            var answer = try session.ask(.status) { $0.add(name(file)) }
            if answer.kind == .answerAttributes, let attributes = answer.attributes() {
                return StoredFile(file, attributes)
            }
            return try missing(answer, session, file)
        }
    }

    /// Nil if the answer says that there is no such file; all else is an error.
    func missing<Result>(
        _ answer: SFTPAnswer,
        _ session: SFTPSession,
        _ path: RelativePath
    ) throws -> Result? {
        var copy = answer
        if answer.kind == .answerStatus, copy.number() == SFTPStatus.noSuchFile { return nil }
        throw session.error(answer, address(path))
    }

    func open(_ file: RelativePath, from offset: Int64) throws -> (any IncomingContent)? {
        try talking { session in
            var answer = try session.ask(.open) {
                $0.add(name(file))
                $0.add(SFTPFlags.read)
                $0.add(UInt32(0))
            }
            guard answer.kind == .answerHandle, let handle = answer.string() else {
                return try missing(answer, session, file)
            }
            return try SFTPContent(session, Array(handle), from: offset, at: address(file))
        }
    }

    /// The file gets its name when it is complete.
    func write(_ content: any OutgoingContent, to file: RelativePath) throws {
        let draft = file.parent.appending(TemporaryFile.uniqueName())
        try talking { session in
            try content.rewind()
            let handle = try create(draft, session)
            do {
                try SFTPUpload(session, handle, at: address(file)).send(content)
                try rename(draft, to: file, session)
            } catch {
                // What cannot be removed now is not an object and harms nobody. The answer counts: the session ends here.
                let isFull = isFull(error, besides: content.size, draft, session)
                _ = try? session.ask(.close) { $0.add(handle) }
                _ = try? session.ask(.remove) { $0.add(name(draft)) }
                throw isFull ? StorageError(.full("no space is left"), at: address(file)) : error
            }
        }
    }

    /// Servers have one word for all failures of writing; whether the disk is full they tell only if asked.
    private func isFull(
        _ error: any Error,
        besides size: Int64,
        _ draft: RelativePath,
        _ session: SFTPSession
    ) -> Bool {
        guard let error = error as? StorageError, case .refused = error.reason,
            session.extensions.contains("statvfs@openssh.com"),
            var answer = try? session.ask(
                .extended,
                {
                    $0.add("statvfs@openssh.com")
                    $0.add(name(draft))
                }
            ),
            answer.kind == .answerExtended
        else { return false }
        // Size of a block, of a fragment, blocks in fragments, free ones, those that we may use.
        let numbers = (0..<5).map { _ in answer.longNumber() ?? 0 }
        return numbers[1].multipliedReportingOverflow(by: numbers[4]).partialValue < size
    }

    private func create(_ file: RelativePath, _ session: SFTPSession) throws -> [UInt8] {
        for isSecond in [false, true] {
            var answer = try session.ask(.open) {
                $0.add(name(file))
                $0.add(SFTPFlags.write | SFTPFlags.create | SFTPFlags.exclusive)
                $0.add(UInt32(0))
            }
            if answer.kind == .answerHandle, let handle = answer.string() { return Array(handle) }
            var copy = answer
            guard !isSecond, copy.number() == SFTPStatus.noSuchFile else {
                throw session.error(answer, address(file))
            }
            try makeFolder(file.parent, session)
        }
        throw session.malformed()
    }

    /// With the folders above; those that are there are fine.
    private func makeFolder(_ folder: RelativePath, _ session: SFTPSession) throws {
        try makeFolder(name(folder), session)
    }

    private func makeFolder(_ folder: [UInt8], _ session: SFTPSession) throws {
        guard let slash = folder.lastIndex(of: 0x2f), slash > 0 else { return }
        var answer = try session.ask(.makeFolder) {
            $0.add(folder)
            $0.add(UInt32(0))
        }
        // A folder that is there gives a failure of no special kind; opening the file tells.
        guard answer.number() == SFTPStatus.noSuchFile else { return }
        try makeFolder(Array(folder[..<slash]), session)
        _ = try session.ask(.makeFolder) {
            $0.add(folder)
            $0.add(UInt32(0))
        }
    }

    func move(_ file: RelativePath, to target: RelativePath) throws {
        try talking { session in
            try makeFolder(target.parent, session)
            try rename(file, to: target, session)
        }
    }

    private func rename(
        _ file: RelativePath,
        to target: RelativePath,
        _ session: SFTPSession
    ) throws {
        let isReplacing = session.extensions.contains("posix-rename@openssh.com")
        if !isReplacing { _ = try session.ask(.remove) { $0.add(name(target)) } }
        let answer = try session.ask(isReplacing ? .extended : .rename) {
            if isReplacing { $0.add("posix-rename@openssh.com") }
            $0.add(name(file))
            $0.add(name(target))
        }
        try session.checkFine(answer, address(target))
    }

    func remove(_ files: [RelativePath]) throws {
        try talking { session in
            for file in files {
                let answer = try session.ask(.remove) { $0.add(name(file)) }
                var copy = answer
                if copy.number() == SFTPStatus.noSuchFile { continue }
                try session.checkFine(answer, address(file))
            }
        }
    }
}

extension SFTPSession {
    func checkFine(_ answer: SFTPAnswer, _ address: String) throws {
        var copy = answer
        guard answer.kind == .answerStatus, copy.number() == SFTPStatus.fine else {
            throw error(answer, address)
        }
    }
}
