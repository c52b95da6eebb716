import DVHashing
import DVObjects
import DVReporting
import DVSystem

/// Looking after all objects: verifying, collecting garbage.
extension StorageRemote {
    package func verify(
        _ names: [ObjectName]?,
        isQuick: Bool,
        jobs: Int,
        progress: Progress?
    ) throws -> VerifyFindings {
        let files = try filesToVerify(names, jobs: jobs)
        progress?.expect(bytes: 0, items: files.count)
        let parts = try WorkerPool(jobs: jobs).map(
            count: files.count,
            batchSize: 8,
            worker: { try storage.connect() },
            body: { connection, range in
                try files[range].reduce(into: VerifyFindings()) { findings, file in
                    try verify(file.name, size: file.size, isQuick, connection, &findings)
                    progress?.advance(items: 1)
                }
            }
        )
        return parts.reduce(into: VerifyFindings()) { $0.add($1) }
    }

    private func filesToVerify(
        _ names: [ObjectName]?,
        jobs: Int
    ) throws -> [(name: ObjectName, size: Int64?)] {
        if let names { return names.map { ($0, nil) } }
        return try listed(jobs: jobs).map { ($0.name, $0.file.size) }
    }

    private func verify(
        _ name: ObjectName,
        size: Int64?,
        _ isQuick: Bool,
        _ connection: any StorageConnection,
        _ findings: inout VerifyFindings
    ) throws {
        try Interruption.check()
        let path = layout.path(of: name)
        if isQuick {
            guard let size = try size ?? connection.status(of: path)?.size else { return }
            let isNamedEmpty = name.digest == Digest(of: [])
            let isEmptyPlain = layout.encoding == nil && isNamedEmpty
            findings.note(name, bytes: size, (size == 0) != isEmptyPlain ? .truncated : nil)
            return
        }
        guard let content = try connection.open(path, from: 0) else { return }
        do {
            let (digest, size) = try digest(of: content)
            findings.note(name, bytes: size, digest == name.digest ? nil : .wrongContent(digest))
        } catch let damage as DamagedFrames {
            findings.note(name, bytes: content.size ?? 0, damage.reason)
        }
    }

    private func digest(of content: any IncomingContent) throws -> (Digest, size: Int64) {
        let decoding = try layout.encoding.map { _ in try StreamedDecoding(content.read(into:)) }
        var hasher = StreamingHasher(scheme: layout.scheme)
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        while true {
            let count = try buffer.withUnsafeMutableBytes {
                try decoding?.read(into: $0) ?? content.read(into: $0)
            }
            if count == 0 { break }
            buffer.withUnsafeBytes { hasher.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
        let size = hasher.byteCount
        return (hasher.finish(), size)
    }

    /// Into a folder that neither DVC nor dvswift reads.
    package func quarantine(_ name: ObjectName) throws {
        let path = layout.path(of: name)
        let quarantine = RelativePath.empty.appending("dvswift/quarantine")
        try storage.connect().move(path, to: quarantine.appending(path))
    }

    package func unused(besides used: SortedNames, jobs: Int) throws -> [UnusedObject] {
        try listed(jobs: jobs).filter { !used.contains($0.name) }.map {
            UnusedObject(name: $0.name, size: $0.file.size ?? 0, stored: $0.file.modified ?? 0)
        }
    }

    package func remove(
        _ objects: [UnusedObject],
        unlessNewerThan moment: Int64,
        jobs: Int
    ) throws -> [UnusedObject] {
        let removed = try WorkerPool(jobs: jobs).map(
            count: objects.count,
            batchSize: 1000,
            worker: { try storage.connect() },
            body: { connection, range in
                let old = try objects[range].filter { object in
                    guard object.stored <= moment else { return false }
                    // Someone may have pushed it again since it was listed.
                    let file = try connection.status(of: layout.path(of: object.name))
                    return file.map { $0.modified ?? 0 } == object.stored
                }
                try connection.remove(old.map { layout.path(of: $0.name) })
                return old
            }
        )
        return removed.flatMap(\.self)
    }

    /// All objects, sorted.
    private func listed(jobs: Int) throws -> [(name: ObjectName, file: StoredFile)] {
        let folders = try WorkerPool(jobs: jobs).map(
            count: 256,
            batchSize: 4,
            worker: { try storage.connect() },
            body: { connection, range in
                var found: [(name: ObjectName, file: StoredFile)] = []
                for index in range {
                    try connection.forEachFile(in: layout.folder(index)) { file in
                        guard let name = layout.name(of: file.path) else { return }
                        found.append((name, file))
                    }
                }
                return found
            }
        )
        return folders.flatMap(\.self).sorted { $0.name < $1.name }
    }
}
