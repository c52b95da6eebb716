import DVFormats
import DVHashing
import DVObjects
import DVRemotes
import DVReporting
import DVSystem

/// Brings data of another repository into an object store, every object verified.
///
/// Confined to one thread, as the repository is.
final class OriginReader {
    let repository: OriginRepository
    /// Where objects go.
    let store: ObjectStore
    /// Leaves objects that the other project's own cache has there: `holder(of:)` tells where each is.
    private let isReadingInPlace: Bool
    /// How many objects were fetched.
    private(set) var count = 0
    private let context: OriginContext
    private var listings: [ObjectName: DirectoryListing] = [:]

    init(_ repository: OriginRepository, into store: ObjectStore, isReadingInPlace: Bool = false) {
        self.repository = repository
        self.store = store
        self.isReadingInPlace = isReadingInPlace
        context = repository.context
    }

    /// What is at `path`, as a user wrote it; fetches the listings that it takes to know.
    func content(at path: String) throws -> OriginContent {
        var survey = OriginSurvey(
            of: repository,
            listing: { try self.listing($1, of: $0) },
            unrecorded: { try self.unrecorded($0) }
        )
        return try survey.content(at: try repository.path(path), named: path)
    }

    /// Fetches what the store lacks of `content`, or of `wanted` alone.
    ///
    /// Throws `ProjectError.transferFailed` after everything that can be had was fetched.
    func fetch(_ content: OriginContent, only wanted: Set<Digest>? = nil) throws {
        var problems: [TransferProblem] = []
        for index in content.outputs.indices {
            let output = content.outputs[index]
            var names = content.objects(of: index)
            // What DVC 2 named has other names once it is here, so that all of it is wanted.
            if let wanted, output.record?.scheme == .md5 {
                names.removeAll { !wanted.contains($0.digest) }
            }
            let lacking = try fetch(names, of: output)
            problems += try fetchFromWorkspace(lacking, of: index, in: content)
        }
        if !problems.isEmpty { throw ProjectError.transferFailed(.download, problems) }
    }

    /// Takes files of the other workspace that still have the content that is recorded; gives what is lacking then.
    private func fetchFromWorkspace(
        _ problems: [TransferProblem],
        of output: Int,
        in content: OriginContent
    ) throws -> [TransferProblem] {
        guard repository.isLocal, !problems.isEmpty else { return problems }
        let store = target(content.outputs[output].record?.scheme ?? .md5)
        let scratch = store.makeScratch()
        let missing = Set(problems.map(\.name.digest))
        for file in content.files {
            guard case .object(let digest, output) = file.source, missing.contains(digest),
                try FileStatus.followingIfPresent(content.place.appending(file.path))?.isRegular
                    == true
            else { continue }
            do {
                _ = try store.insert(
                    fileAt: content.place.appending(file.path),
                    expecting: ObjectName(digest),
                    scratch: scratch
                )
                count += 1
            } catch ObjectError.unexpectedContent {
                // Changed since it was tracked.
            } catch is SourceError {
                // Being changed.
            }
        }
        return try problems.filter { problem in try !store.contains(problem.name) }
    }

    func noteFetched(_ more: Int) { count += more }

    /// The store that has an object after `fetch`.
    func holder(of name: ObjectName, _ output: OriginOutput) throws -> ObjectStore {
        let scheme = output.record?.scheme ?? .md5
        let own = target(scheme)
        if isInPlace(scheme), try !own.contains(name), let cache = output.project.cacheStore(scheme)
        {
            return cache
        }
        return own
    }

    deinit {
        if isLegacyUsed { try? legacy.root.removeTree() }
    }

    /// Objects of DVC 2 wait in a folder of their own until they are stored under the names of DVC 3.
    private func target(_ scheme: HashScheme) -> ObjectStore {
        guard scheme != .md5 else { return store }
        isLegacyUsed = true
        return legacy
    }

    private var isLegacyUsed = false
    private lazy var legacy = ObjectStore(
        at: store.root.appending(TemporaryFile.uniqueName()),
        scheme: .md5DOS2Unix,
        settings: store.settings
    )

    /// Whether objects stay in the other project's cache, if they are there.
    private func isInPlace(_ scheme: HashScheme) -> Bool { isReadingInPlace || scheme != .md5 }

    func listing(_ record: ContentRecord, of output: OriginOutput) throws
        -> DirectoryListing
    {
        if let known = listings[record.name] { return known }
        let problems = try fetch([record.name], of: output)
        if !problems.isEmpty { throw ProjectError.transferFailed(.download, problems) }
        let bytes = try holder(of: record.name, output).bytes(of: record.name)
        let listing = try DirectoryListing(parsing: bytes, file: record.name.text)
        listings[record.name] = listing
        return listing
    }

    /// Tries the project's cache, its remotes, and what the output was itself imported from.
    private func fetch(_ names: [ObjectName], of output: OriginOutput) throws -> [TransferProblem] {
        var lack = OriginLack(
            names,
            of: output,
            into: target(output.record?.scheme ?? .md5),
            context
        )
        if isInPlace(lack.store.scheme), let cache = output.project.cacheStore(lack.store.scheme) {
            try lack.drop(presentIn: cache)
        }
        for place in OriginLack.Place.allCases where try !lack.isEmpty() {
            do {
                try lack.fetch(from: place)
            } catch ProjectError.unsupportedScheme where output.imported != nil {
                // What was imported is at its origin as well.
            }
        }
        count += lack.count
        if try !lack.isEmpty(), let origin = try reader(ofImport: output) {
            let content = try origin.reader.content(at: origin.path)
            if lack.store.scheme == .md5 {
                try origin.reader.bring(content, only: Set(try lack.missing().map(\.digest)))
            } else {
                let naming = LegacyNaming(store: store, legacy: lack.store)
                try naming.rename(try origin.reader.bring(content))
            }
            count += origin.reader.count
        }
        return try lack.problems()
    }

    // MARK: Imports of imports

    private func unrecorded(_ output: OriginOutput) throws -> OriginContent? {
        guard let origin = try reader(ofImport: output) else { return nil }
        return try origin.reader.content(at: origin.path)
    }

    private func reader(
        ofImport output: OriginOutput
    ) throws -> (reader: OriginReader, path: String)? {
        guard let dependency = output.imported, let request = dependency.repository else {
            return nil
        }
        let context = try context.following(
            in: output.stage.file.parent,
            root: output.project.root,
            url: request.url
        )
        let further = try OriginRepository(request, isLocked: true, in: context)
        return (OriginReader(further, into: store), dependency.recorded.path)
    }
}
