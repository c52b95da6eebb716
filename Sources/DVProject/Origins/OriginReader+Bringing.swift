import DVFormats
import DVHashing
import DVObjects
import DVSystem

/// Data of another repository that is in a store now.
struct BroughtContent {
    /// The object that stands for all of it.
    let record: ContentRecord
    /// The files of a folder; nil for a file.
    let listing: DirectoryListing?
}

extension OriginReader {
    /// Puts everything of `content`, or what `wanted` names, into the store, under the names of DVC 3, with the listing.
    @discardableResult
    func bring(_ content: OriginContent, only wanted: Set<Digest>? = nil) throws -> BroughtContent {
        try fetch(content, only: wanted)
        let scratch = store.makeScratch()
        var size: Int64 = 0
        var builder = DirectoryListing.Builder(reserving: content.files.count)
        var last: Digest?
        for file in content.files {
            try Interruption.check()
            let digest = try insert(file, of: content, scratch)
            size += try store.size(of: ObjectName(digest)) ?? 0
            last = digest
            if content.isFolder { builder.append(file.path, digest) }
        }
        if !content.isFolder, let last {
            return BroughtContent(record: ContentRecord(ObjectName(last), size: size), listing: nil)
        }
        let listing = try builder.finish(file: repository.request.url)
        let name = try store.insert(
            bytes: listing.serialized(),
            isListing: true,
            scratch: scratch
        )
        let record = ContentRecord(name, size: size, fileCount: listing.count)
        return BroughtContent(record: record, listing: listing)
    }

    /// The digest of a file; objects of DVC 3 are in the store already, if they are wanted.
    private func insert(
        _ file: OriginFile,
        of content: OriginContent,
        _ scratch: ObjectScratch
    ) throws -> Digest {
        switch file.source {
        case .blob(let id, let git):
            let bytes = try git.content(ofBlob: id)
            if try !store.contains(ObjectName(Digest(of: bytes))) { noteFetched(1) }
            return try store.insert(bytes: bytes, isListing: false, scratch: scratch).digest
        case .object(let digest, let output):
            let origin = content.outputs[output]
            guard origin.record?.scheme == .md5DOS2Unix else { return digest }
            return try convert(ObjectName(digest), origin, scratch)
        }
    }

    /// Stores content that DVC 2 named again, by the digest that DVC 3 gives it.
    private func convert(
        _ name: ObjectName,
        _ output: OriginOutput,
        _ scratch: ObjectScratch
    ) throws -> Digest {
        let legacy = try holder(of: name, output)
        let copy = store.root.appending(TemporaryFile.uniqueName())
        try store.root.makeDirectories()
        defer { try? copy.removeFile() }
        var options = RestoreOptions()
        options.linkTypes = [.reflink, .copy]
        _ = try legacy.restore(name, to: copy, options: options, scratch: legacy.makeScratch())
        return try store.insert(fileAt: copy, scratch: scratch).name.digest
    }
}
