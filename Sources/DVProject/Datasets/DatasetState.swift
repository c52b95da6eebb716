import DVFormats
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
        let source = try ExternalPath(url, from: folder, settings: project.settings)
        let content = try source.content(in: project, storingIn: nil, jobs: nil)
        guard case .directory(let tree) = content else {
            return [("meta", Self.metadata(of: content, at: 0, content.name.text))]
        }
        let files = tree.listing.indices.map { index -> DataValue in
            let entry = tree.listing[index]
            return .mapping([
                ("relpath", .string(entry.path.string)),
                ("meta", Self.metadata(of: content, at: index, entry.digest.hex)),
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
