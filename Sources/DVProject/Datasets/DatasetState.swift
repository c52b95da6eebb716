import DVFormats
import DVRemotes
import DVSystem
import DVWorkspace

/// Finds out what a dataset is now.
struct DatasetState {
    private let project: Project
    /// Where the `dvc.yaml` is: relative addresses count from there.
    private let folder: AbsolutePath

    init(in project: Project, from folder: AbsolutePath) {
        self.project = project
        self.folder = folder
    }

    /// Nothing is stored; of a repository only its commit is looked for.
    func lock(of definition: DatasetDefinition) throws -> DatasetLock {
        let state: [(key: String, value: DataValue)] =
            switch definition.kind {
            case .dvc: [("rev_lock", .string(try commit(of: definition)))]
            case .url: try content(at: definition.url)
            case .dataChain: throw DatasetError.serviceNeeded(definition.name)
            }
        guard let lock = DatasetLock(definition, state) else {
            throw DatasetError.unusable(definition.name)
        }
        return lock
    }

    private func commit(of definition: DatasetDefinition) throws -> String {
        let repository = ImportedRepository(url: definition.url, revision: definition.revision)
        let context = project.originContext(pointerIn: folder)
        return try OriginRepository(repository, in: context).commit.id.hex
    }

    private func content(at url: String) throws -> [(key: String, value: DataValue)] {
        let source = try ExternalPath(url, from: folder, in: project.settings.addresses)
        switch source {
        case .here(let path):
            guard let content = try project.hasher(scheme: .md5).content(at: path) else {
                throw OriginError.dependencyMissing(path.string)
            }
            return Self.entries(of: content)
        case .stored(let place):
            guard let tree = try place.find() else { throw OriginError.dependencyMissing(url) }
            return try entries(of: tree)
        }
    }

    /// Of files that the storage does not mark the content is read.
    private func entries(of tree: StoredTree) throws -> [(key: String, value: DataValue)] {
        let kind = tree.files.allSatisfy { $0.tag != nil } ? tree.place.markKind : nil
        let read = try kind == nil ? listing(of: tree) : nil
        let files = tree.files.enumerated().map { index, file -> DataValue in
            let mark = read?(index) ?? file.tag ?? ""
            return .mapping([
                ("size", .integer(Int(file.size ?? 0))), ("isexec", .bool(false)),
                (kind?.rawValue ?? "md5", .string(mark)),
            ])
        }
        guard tree.isFolder else { return files.prefix(1).map { ("meta", $0) } }
        let entries = zip(tree.files, files).map { file, meta -> DataValue in
            let path = tree.relativePath(of: file).string
            return .mapping([("relpath", .string(path)), ("meta", meta)])
        }
        let meta: DataValue = .mapping([
            ("isdir", .bool(true)), ("size", .integer(Int(tree.totalSize))),
            ("nfiles", .integer(tree.files.count)),
        ])
        return [("meta", meta), ("files", .list(entries))]
    }

    /// The digests of the files, by their place in the tree.
    private func listing(of tree: StoredTree) throws -> (Int) -> String? {
        let content = try project.withProgress("Hashing") { progress in
            try StoredReading(tree, jobs: nil, progress).content(storingIn: nil)
        }
        guard let listing = content.listing else { return { _ in content.record.name.text } }
        let digests = Dictionary(
            listing.indices.map { (listing[$0].path, listing.digest(at: $0).hex) }
        ) { first, _ in first }
        return { digests[tree.relativePath(of: tree.files[$0])] }
    }

    private static func entries(of content: WorkspaceContent) -> [(key: String, value: DataValue)] {
        guard case .directory(let tree) = content else {
            return [("meta", metadata(of: content, at: 0, content.name.text))]
        }
        let files = tree.listing.enumerated().map { index, entry -> DataValue in
            .mapping([
                ("relpath", .string(entry.path.string)),
                ("meta", metadata(of: content, at: index, entry.digest.hex)),
            ])
        }
        let meta: DataValue = .mapping([
            ("isdir", .bool(true)), ("size", .integer(Int(tree.totalSize))),
            ("nfiles", .integer(tree.count)),
        ])
        return [("meta", meta), ("files", .list(files))]
    }

    private static func metadata(
        of content: WorkspaceContent,
        at index: Int,
        _ digest: String
    ) -> DataValue {
        let status = content.status(at: index)
        return .mapping([
            ("size", .integer(Int(status.size))), ("isexec", .bool(status.isExecutable)),
            ("md5", .string(digest)),
        ])
    }
}

/// Why a dataset cannot be added or brought up to date.
package enum DatasetError: Error, Sendable {
    /// `isHere`: in the file that would get it.
    case exists(String, file: String, isHere: Bool)
    /// Its entry holds references.
    case parametrized(String, file: String)
    /// DataChain, which only a Python package talks to.
    case serviceNeeded(String)
    /// A revision of something without revisions.
    case withoutRevisions(String)
    case unusable(String)
}
