import DVHashing
import DVSystem

/// What a conversion of the whole store did.
package struct ConversionReport: Sendable {
    package var converted = 0
    /// Bytes as stored, of the converted objects, before and after.
    package var before: Int64 = 0
    package var after: Int64 = 0
    package var damaged: [DamagedObject] = []

    package init() {}
}

extension ObjectStore {
    /// Stores every object in the other form: plain if `isPlain`, else encoded where the settings find that worthwhile.
    ///
    /// Each object is verified, and has its new form before the old one goes: stopping it at any moment loses nothing, and
    /// running it again goes on. Objects that hard links of a workspace share stay plain. Damaged ones are left alone.
    package func convert(toPlain isPlain: Bool, jobs: Int) throws -> ConversionReport {
        let encoding: Encoding? = isPlain ? nil : settings.encoding
        let objects = try listed(jobs: jobs).filter { ($0.form == nil) != isPlain }
        let parts = try WorkerPool(jobs: jobs).map(
            count: objects.count,
            batchSize: 32,
            worker: { makeScratch() },
            body: { scratch, range in
                try objects[range].reduce(into: ConversionReport()) {
                    try convert($1, to: encoding, scratch, &$0)
                }
            }
        )
        try synchronize()
        return parts.reduce(into: ConversionReport()) {
            $0.converted += $1.converted
            $0.before += $1.before
            $0.after += $1.after
            $0.damaged += $1.damaged
        }
    }

    private func convert(
        _ listed: ListedObject,
        to encoding: Encoding?,
        _ scratch: ObjectScratch,
        _ report: inout ConversionReport
    ) throws {
        guard let stored = try find(listed.name, listed.form), stored.status.linkCount < 2 else {
            return
        }
        do {
            guard try write(stored, as: encoding, scratch) else { return }
            try stored.path.removeFile()
            report.converted += 1
            report.before += stored.status.size
            report.after += try find(listed.name, encoding)?.status.size ?? 0
        } catch ObjectError.corrupt(let name, _, let reason) {
            report.damaged.append(DamagedObject(name: name, reason: reason))
        }
    }

    /// False if the object is better left as it is.
    private func write(
        _ stored: StoredObject,
        as encoding: Encoding?,
        _ scratch: ObjectScratch
    ) throws -> Bool {
        let file = try OpenFile.reading(stored.path)
        guard let content = try smallContent(of: stored, in: file, scratch) else {
            return try writeLarge(stored, SharedFile(file), as: encoding, scratch)
        }
        let (bytes, used) =
            encoding == nil
            ? (content, nil) : try encodeIfWorthwhile(content, scratch: scratch)
        guard used == encoding else { return false }
        let folder = layout.path(of: stored.name, encoding).parent
        var temporary = try makeTemporary(in: folder, isReplacing: false)
        try writingCache { () throws(SystemError) in try temporary.file.write(bytes) }
        _ = try publish(&temporary, as: stored.name, encoding, replacing: nil)
        return true
    }

    private func writeLarge(
        _ stored: StoredObject,
        _ file: SharedFile,
        as encoding: Encoding?,
        _ scratch: ObjectScratch
    ) throws -> Bool {
        let frames = try stored.index(of: file.file).frames
        guard let first = frames.first else { throw stored.corrupt(.truncated) }
        let sample = try stored.content(of: first, in: file.file, scratch)
        if encoding != nil, try streamEncoding(sample, scratch) == nil { return false }
        let pieces = LargeInsertion.Source.pieces(count: frames.count) { piece, scratch in
            try stored.content(of: frames[piece], in: file.file, scratch)
        }
        let insertion = try LargeInsertion(self, encoding, from: pieces)
        let (digest, _) = try insertion.transfer(scratch: scratch)
        try check(stored, digest)
        return try insertion.publishBeside(stored.name)
    }
}
