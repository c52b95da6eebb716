import DVFormats
import DVGit
import DVHashing
import DVSystem
import DVWorkspace

/// Finds out what is at a path of another repository.
struct OriginSurvey {
    private let repository: OriginRepository
    /// Gives the listing of a tracked directory.
    private let listing: (OriginOutput, ContentRecord) throws -> DirectoryListing
    /// Gives what is at the origin of an import of which nothing is recorded.
    private let unrecorded: (OriginOutput) throws -> OriginContent?

    private var outputs: [OriginOutput] = []
    private var files: [RelativePath: OriginFile] = [:]
    private var isFolder = false

    init(
        of repository: OriginRepository,
        listing: @escaping (OriginOutput, ContentRecord) throws -> DirectoryListing,
        unrecorded: @escaping (OriginOutput) throws -> OriginContent?
    ) {
        self.repository = repository
        self.listing = listing
        self.unrecorded = unrecorded
    }

    /// Throws `OriginError.noPath` if nothing is there.
    mutating func content(at path: RelativePath, named text: String) throws -> OriginContent {
        let entry = try repository.tree.entry(at: path)
        if let entry { try visit(entry, at: path, as: .empty) }
        if let project = try repository.project(containing: path) {
            try add(project, at: path, as: .empty)
        }
        guard isFolder || !files.isEmpty else {
            throw OriginError.noPath(
                text,
                url: repository.request.url,
                revision: repository.commit.id.hex
            )
        }
        let sorted = files.values.sorted { $0.path < $1.path }
        return OriginContent(
            place: repository.place(path),
            isFolder: isFolder,
            outputs: outputs,
            files: sorted
        )
    }

    // MARK: Git

    private mutating func visit(
        _ entry: GitTreeEntry,
        at path: RelativePath,
        as inside: RelativePath
    ) throws {
        try Interruption.check()
        switch entry.kind {
        case .file(let isExecutable):
            files[inside] = OriginFile(
                path: inside,
                source: .blob(entry.id, in: repository.git),
                isExecutable: isExecutable
            )
        case .symbolicLink: try follow(path, as: inside)
        case .folder:
            // A project inside of what was asked for is none of it, as in DVC.
            if try !inside.isEmpty && repository.isProject(path) { break }
            try visitFolder(at: path, as: inside)
        case .submodule: break
        }
    }

    private mutating func visitFolder(at path: RelativePath, as inside: RelativePath) throws {
        if inside.isEmpty { isFolder = true }
        let entries = try repository.tree.entries(in: path)
        for entry in entries {
            let name = String(decoding: entry.name, as: UTF8.self)
            let child = path.appending(name)
            if try isHidden(name, entry, at: child) { continue }
            if name == ".dvc", entry.kind == .folder { continue }
            try visit(entry, at: child, as: inside.appending(name))
        }
    }

    /// As in DVC, stage files and what `.dvcignore` leaves out are no data.
    private func isHidden(_ name: String, _ entry: GitTreeEntry, at path: RelativePath) throws
        -> Bool
    {
        if name == ".dvc" { return false }
        let isFolder = entry.kind == .folder
        if !isFolder, StageFileReader.isStageFileName(name) || name == IgnoreFiles.name {
            return true
        }
        guard let project = try repository.project(containing: path.parent) else { return false }
        return try project.ignores(repository.place(path), isDirectory: isFolder)
    }

    /// A link to a file of the repository counts as that file.
    private mutating func follow(_ path: RelativePath, as inside: RelativePath) throws {
        guard let entry = try repository.tree.entry(at: path) else { return }
        let text = String(decoding: try repository.git.content(ofBlob: entry.id), as: UTF8.self)
        let target = AbsolutePath.root.appending(path.parent).appending(text)
        guard !text.hasPrefix("/"), let relative = target.relative(to: .root),
            let found = try repository.tree.entry(at: relative),
            case .file(let isExecutable) = found.kind
        else { return }
        files[inside] = OriginFile(
            path: inside,
            source: .blob(found.id, in: repository.git),
            isExecutable: isExecutable
        )
    }

    // MARK: Tracked data

    private mutating func add(
        _ project: OriginProject,
        at path: RelativePath,
        as inside: RelativePath
    ) throws {
        let place = repository.place(path)
        for output in try project.outputs(around: place) { try add(output, at: place, as: inside) }
    }

    private mutating func add(
        _ output: OriginOutput,
        at place: AbsolutePath,
        as inside: RelativePath
    ) throws {
        guard let record = output.record else {
            guard let content = try unrecorded(output) else { return }
            return try add(content, of: output, at: place, as: inside)
        }
        let index = outputs.count
        outputs.append(output)
        guard record.name.isListing else {
            let source = OriginFile.Source.object(record.name.digest, output: index)
            return insert(output.path, source, record.isExecutable, place, inside)
        }
        if output.path == place, inside.isEmpty { isFolder = true }
        let listing = try listing(output, record)
        for entry in listing {
            let source = OriginFile.Source.object(entry.digest, output: index)
            insert(output.path.appending(entry.path), source, false, place, inside)
        }
    }

    /// Takes over what an import of an import leads to.
    private mutating func add(
        _ content: OriginContent,
        of output: OriginOutput,
        at place: AbsolutePath,
        as inside: RelativePath
    ) throws {
        let offset = outputs.count
        outputs += content.outputs
        for file in content.files {
            let source: OriginFile.Source =
                switch file.source {
                case .blob: file.source
                case .object(let digest, let index): .object(digest, output: offset + index)
                }
            insert(output.path.appending(file.path), source, file.isExecutable, place, inside)
        }
    }

    /// Adds the file at `path` if it is at or below `place`.
    private mutating func insert(
        _ path: AbsolutePath,
        _ source: OriginFile.Source,
        _ isExecutable: Bool,
        _ place: AbsolutePath,
        _ inside: RelativePath
    ) {
        guard let relative = path.relative(to: place) else { return }
        if !relative.isEmpty, inside.isEmpty { isFolder = true }
        let key = inside.appending(relative)
        files[key] = OriginFile(path: key, source: source, isExecutable: isExecutable)
    }
}
