import DVFormats
import DVHashing
import DVObjects
import DVSystem

/// Finds the listings of tracked directories of a project of this machine, for who only looks at them.
struct WorkspaceListings {
    let project: Project
    let collection: StageCollection
    let settings: OriginSettings
    let context: OriginContext

    /// From the cache, the remote or, for data that was imported, where it came from; nil if it cannot be had.
    func listing(at path: RelativePath, _ content: TrackedContent) throws -> DirectoryListing? {
        let known = try content.listing(in: project) {
            try settings.remote(boundTo: content.remote)
        }
        return try known ?? importedListing(at: project.root.appending(path))
    }

    /// An origin that cannot be reached is as good as none.
    private func importedListing(at path: AbsolutePath) throws -> DirectoryListing? {
        let found = collection.graph.outputs(overlapping: path).first
        guard let stage = found.map({ collection.stages[$0.stage] }),
            let dependency = collection.importedRepository(of: stage),
            let request = dependency.repository, request.lockedRevision != nil
        else { return nil }
        let origins = project.originContext(pointerIn: stage.file.parent)
        do {
            let origin = try OriginRepository(request, isLocked: true, in: origins)
            return try OriginReader(origin, into: context.listingStore, isReadingInPlace: true)
                .listing(at: dependency.recorded.path)
        } catch is OriginError {
            return nil
        } catch ProjectError.transferFailed {
            return nil
        }
    }
}

extension OriginReader {
    /// The files at `path` with their digests; nil for a file.
    fileprivate func listing(at path: String) throws -> DirectoryListing? {
        let content = try content(at: path)
        guard content.isFolder else { return nil }
        var builder = DirectoryListing.Builder(reserving: content.files.count)
        for file in content.files {
            let digest =
                switch file.source {
                case .blob(let id, let git): Digest(of: try git.content(ofBlob: id))
                case .object(let digest, _): digest
                }
            builder.append(file.path, digest)
        }
        return try builder.finish(file: path)
    }
}

extension OriginContext {
    /// Listings that were had once are kept in the user's cache folder, where they may be removed at any time.
    var listingStore: ObjectStore { ObjectStore(at: cacheFolder.appending("listings")) }
}
