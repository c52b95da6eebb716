import DVFormats
import DVHashing
import DVPipeline
import DVSystem

/// Imports, whose data is usually on no remote of this project.
extension FetchRun {
    /// Fetches the data of imports from the own remote as far as it is there, and the rest from where it came from.
    ///
    /// Gives the outputs back, with records for those that had none because nothing was downloaded yet.
    mutating func fetchImports(
        among outputs: [TrackedOutput],
        of collection: StageCollection
    ) throws -> [TrackedOutput] {
        let isImport = outputs.map { output in
            guard let source = collection.dependency(of: output.stage) else { return false }
            return source.repository != nil || output.record == nil || source.isVersion
        }
        let imports = zip(outputs, isImport).filter(\.1).map(\.0)
        guard !imports.isEmpty else { return outputs }
        try fetchPresent(of: imports)
        try fetchPresent(of: imports)
        var origins = ImportFetch(project, collection, jobs: askedJobs)
        var fetched = try origins.fetch(imports)
        note(fetched: origins.count, origins.problems)
        giveUp(on: origins.problems.map(\.name))
        fetched.reverse()
        return zip(outputs, isImport).map { output, isImport in
            isImport ? fetched.popLast() ?? output : output
        }
    }

    /// Fetches what the own remote has, without a word about what it has not; the first time listings, then what they name.
    private mutating func fetchPresent(of outputs: [TrackedOutput]) throws {
        guard hasRemote else { return }
        do {
            for lack in try lacks(of: UsedObjects(outputs, in: project)) {
                let absent = Set(try lack.group.remote.missing(among: lack.names, jobs: jobs))
                try fetch(lack.names.filter { !absent.contains($0) }, from: lack.group)
            }
        } catch ProjectError.unsupportedScheme {
            // Of no concern as long as the origin has the data.
        }
    }
}
