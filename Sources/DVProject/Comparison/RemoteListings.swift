import DVFormats
import DVHashing
import DVObjects
import DVRemotes
import DVReporting
import DVSystem

extension Project {
    /// The listing of a recorded directory from its remote, for who only looks at it; nil if it cannot be had there.
    ///
    /// The cache stays as it is. Listings that were had once are kept in `.dvc/tmp`, where they may be removed at any time.
    func remoteListing(
        _ record: ContentRecord,
        on remote: () throws -> RemoteDefinition?
    ) throws -> DirectoryListing? {
        let store = ObjectStore(
            at: dvcDirectory.appending("tmp/dvswift/listings"),
            scheme: record.scheme,
            settings: settings.store
        )
        if try !store.contains(record.name) {
            guard try fetch(record, to: store, from: remote) else { return nil }
        }
        return try DirectoryListing(
            parsing: try store.bytes(of: record.name),
            file: record.name.text
        )
    }

    /// False if there is no remote, or it does not have the listing, or it cannot be reached, which is told.
    private func fetch(
        _ record: ContentRecord,
        to store: ObjectStore,
        from definition: () throws -> RemoteDefinition?
    ) throws -> Bool {
        do {
            // Where files keep their own paths, records hold what listings would tell.
            guard let definition = try definition(), !definition.isVersioned else { return false }
            let remote = try definition.open(scheme: record.scheme)
            guard try remote.missing(among: [record.name], jobs: 1).isEmpty else { return false }
            let progress = Progress("Fetching")
            let channel = try remote.makeChannel(to: store, progress: progress)
            try channel.download(record.name, scratch: store.makeScratch())
            return true
        } catch ProjectError.noRemote {
            return false
        } catch let error as SystemError {
            let problem = "cannot look for '\(record.name)' on a remote: \(error)"
            reporter.report(.warning(problem))
            return false
        }
    }
}
