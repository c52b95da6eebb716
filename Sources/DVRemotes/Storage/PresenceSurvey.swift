import DVHashing
import DVObjects
import DVSystem

/// Finds out which objects a storage has, with few requests.
///
/// Each of the 256 folders is asked in one of two ways, whichever needs less: one request per object, or the pages of its
/// listing, as long as a page can tell about more objects than it costs.
struct PresenceSurvey {
    /// So many objects of a folder are asked for one by one; for more a page is cheaper.
    private static let fewest = 2

    private let storage: any Storage
    private let layout: StorageLayout
    private let jobs: Int

    init(_ storage: any Storage, _ layout: StorageLayout, jobs: Int) {
        self.storage = storage
        self.layout = layout
        self.jobs = jobs
    }

    /// Sorted, without duplicates.
    func missing(among names: [ObjectName]) throws -> [ObjectName] {
        let names = names.sorted().reduce(into: [ObjectName]()) {
            if $0.last != $1 { $0.append($1) }
        }
        let groups = tasks(for: names)
        let missing = try WorkerPool(jobs: jobs).map(
            count: groups.count,
            batchSize: 1,
            worker: { try storage.connect() },
            body: { connection, range in
                try range.flatMap { try lacking(groups[$0], connection) }
            }
        )
        return missing.flatMap(\.self).sorted()
    }

    /// Names that are asked for together.
    private func tasks(for names: [ObjectName]) -> [ArraySlice<ObjectName>] {
        guard storage.canList else { return pieces(of: names[...]) }
        return Dictionary(grouping: names, by: \.digest.folder)
            .sorted { $0.key < $1.key }
            .map { $0.value[...] }
    }

    private func pieces(of names: ArraySlice<ObjectName>) -> [ArraySlice<ObjectName>] {
        stride(from: 0, to: names.count, by: 8).map { names[$0..<min($0 + 8, names.count)] }
    }

    private func lacking(
        _ names: ArraySlice<ObjectName>,
        _ connection: any StorageConnection
    ) throws -> [ObjectName] {
        guard storage.canList, names.count > Self.fewest, let first = names.first else {
            return try absent(names, connection)
        }
        var open = Set(names)
        var token: String?
        let folder = layout.folder(first.digest.folder)
        var pages = 0
        repeat {
            // More pages than names were left: the rest is asked one by one.
            guard pages < names.count else { return try absent(open.sorted()[...], connection) }
            let page = try connection.page(of: folder, isRecursive: true, after: token)
            for file in page.files {
                if let name = layout.name(of: file.path) { open.remove(name) }
            }
            token = page.next
            pages += 1
        } while token != nil && !open.isEmpty
        return open.sorted()
    }

    private func absent(
        _ names: ArraySlice<ObjectName>,
        _ connection: any StorageConnection
    ) throws -> [ObjectName] {
        try names.filter { name in
            try Interruption.check()
            return try connection.status(of: layout.path(of: name)) == nil
        }
    }
}
