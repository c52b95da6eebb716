import DVFormats
import DVHashing
import DVObjects
import DVSystem

/// The merge of two versions of a pointer to a directory: the files of both.
struct PointerMerge {
    private let project: Project
    private let texts: MergeOperation.Texts
    private let shown: String

    init(_ project: Project, _ texts: MergeOperation.Texts, shown: String) {
        self.project = project
        self.texts = texts
        self.shown = shown
    }

    /// The text of the pointer; the listing that it names is in the cache, and durable.
    func merged() throws -> [UInt8] {
        let ours = try PointerFile(parsing: texts.ours, file: shown)
        let theirs = try PointerFile(parsing: texts.theirs, file: shown)
        let ancestor =
            texts.ancestor.isEmpty ? nil : try PointerFile(parsing: texts.ancestor, file: shown)
        if ours == theirs || ancestor == theirs { return texts.ours }
        if ancestor == ours { return texts.theirs }
        if theirs.outputs.isEmpty { return texts.ours }
        if ours.outputs.isEmpty { return texts.theirs }
        try check(ours, theirs, ancestor)
        let (mine, other) = (try record(of: ours), try record(of: theirs))
        let old = try ancestor.map(record)
        if mine.name == other.name || old?.name == other.name { return texts.ours }
        if old?.name == mine.name { return texts.theirs }
        let listing = try DirectoryListing.merging(
            ancestor: try old.map { try self.listing($0, ours) } ?? DirectoryListing(),
            ours: try self.listing(mine, ours),
            theirs: try self.listing(other, ours),
            file: shown
        )
        var result = ours
        result.outputs[0].recorded.content = try store(listing, mine.scheme)
        return try result.serialized(updating: texts.ours, file: shown)
    }

    private func check(
        _ ours: PointerFile,
        _ theirs: PointerFile,
        _ ancestor: PointerFile?
    ) throws(PointerMergeError) {
        let pointers = [ours, theirs] + (ancestor.map { [$0] } ?? [])
        guard pointers.allSatisfy({ $0.dependencies.isEmpty && $0.outputs.count == 1 }) else {
            throw .notAdded
        }
        let isSame = pointers.allSatisfy { pointer in
            var pointer = pointer
            pointer.outputs[0].recorded.content = ours.outputs[0].recorded.content
            return pointer == ours
        }
        guard isSame else { throw .differentOptions }
    }

    private func record(of pointer: PointerFile) throws(PointerMergeError) -> ContentRecord {
        guard let record = pointer.outputs.first?.recorded.content, record.name.isListing else {
            throw .notDirectories
        }
        return record
    }

    /// A colleague's listing may be on the remote only.
    private func listing(
        _ record: ContentRecord,
        _ pointer: PointerFile
    ) throws -> DirectoryListing {
        if let listing = try record.cloud?.listing() { return listing }
        try project.fetchIfMissing(
            record.name,
            of: VersionedOutput(.empty, record),
            from: pointer.outputs.first?.options.remote,
            for: shown
        )
        return try project.listing(record)
    }

    private func store(_ listing: DirectoryListing, _ scheme: HashScheme) throws -> ContentRecord {
        let cache = project.cache(for: scheme)
        let name = try cache.insert(
            bytes: listing.serialized(),
            isListing: true,
            scratch: cache.makeScratch()
        )
        try cache.synchronize()
        return ContentRecord(
            name,
            scheme: scheme,
            size: try size(of: listing, in: cache),
            fileCount: listing.count
        )
    }

    /// Nil if the cache lacks one of the files.
    private func size(of listing: DirectoryListing, in cache: ObjectStore) throws -> Int64? {
        var total: Int64 = 0
        for index in listing.indices {
            guard let size = try cache.size(of: ObjectName(listing.digest(at: index))) else {
                return nil
            }
            total += size
        }
        return total
    }
}
