import DVFormats
import DVHashing
import DVObjects
import DVSystem

/// Gives data that was brought here the names that DVC 2 gave it: a pointer of DVC 2 asks for those.
struct LegacyNaming {
    /// Has the data under the names of DVC 3.
    let store: ObjectStore
    /// Gets it under the names of DVC 2.
    let legacy: ObjectStore

    /// Stores all files of `content` again, and the listing.
    func rename(_ content: BroughtContent) throws {
        guard let listing = content.listing else {
            _ = try rename(content.record.name)
            return
        }
        var builder = DirectoryListing.Builder(reserving: listing.count)
        for entry in listing {
            try Interruption.check()
            builder.append(entry.path, try rename(ObjectName(entry.digest)))
        }
        let bytes = try builder.finish(file: content.record.name.text).serialized()
        _ = try legacy.insert(bytes: bytes, isListing: true, scratch: legacy.makeScratch())
    }

    private func rename(_ name: ObjectName) throws -> Digest {
        let copy = legacy.root.appending(TemporaryFile.uniqueName())
        try legacy.root.makeDirectories()
        defer { try? copy.removeFile() }
        var options = RestoreOptions()
        options.linkTypes = [.reflink, .copy]
        _ = try store.restore(name, to: copy, options: options, scratch: store.makeScratch())
        return try legacy.insert(fileAt: copy, scratch: legacy.makeScratch()).name.digest
    }
}
