import DVFormats
import DVHashing
import DVObjects
import DVSystem

/// What another repository is asked for.
package struct OriginRequest: Sendable {
    package var url: String
    package var path: String
    package var revision: String?
    /// A configuration file to merge with the settings of the other project.
    package var configuration: String?
    /// The remote of the other project to take data from.
    package var remote: String?
    /// Options that replace those of its remote.
    package var remoteOptions: [(name: String, value: String)] = []

    package init(url: String, path: String = "") {
        self.url = url
        self.path = path
    }

    /// As a pointer records it.
    var repository: ImportedRepository {
        var repository = ImportedRepository(url: url, revision: revision)
        let options = DataValue.mapping(remoteOptions.map { ($0.name, .string($0.value)) })
        repository.configuration = configuration.map { .string($0) }
        if let remote, !remoteOptions.isEmpty {
            repository.configuration = .mapping([
                ("core", .mapping([("remote", .string(remote))])),
                ("remote", .mapping([(remote, options)])),
            ])
        } else if let remote {
            repository.remote = .string(remote)
        } else if !remoteOptions.isEmpty {
            repository.remote = options
        }
        return repository
    }
}

/// What was copied.
package struct GetReport: Sendable {
    package let fileCount: Int
    /// Where it is, as DVC writes it.
    package let path: String
}

/// Copies files of another repository here; nothing is tracked, and no project is needed.
package struct GetOperation {
    private let request: OriginRequest
    private let out: String?
    private let isForced: Bool

    package init(_ request: OriginRequest, out: String? = nil, isForced: Bool = false) {
        self.request = request
        self.out = out
        self.isForced = isForced
    }

    @discardableResult
    package func run(in context: OriginContext) throws -> GetReport {
        let target = try Destination.path(
            for: request.path,
            out: out,
            isForced: isForced,
            in: context.workingDirectory
        )
        guard !StageFileReader.isStageFileName(target.name) else {
            throw OriginError.isPointerFile(request.path)
        }
        let directory = context.workingDirectory
        let place = try Destination.text(for: request.path, out: out, in: directory)
        if let workspace = try workspaceWithoutGit(in: context) {
            let view = try workspace.view(of: request.path, isComplete: true)
            let count = try WorkspaceExport(view, in: context).write(request.path, to: target)
            return GetReport(fileCount: count, path: place)
        }
        let repository = try OriginRepository(request.repository, in: context)
        try target.parent.makeDirectories()
        let temporary = target.parent.appending(TemporaryFile.uniqueName())
        defer { try? temporary.removeTree() }
        let reader = OriginReader(
            repository,
            into: ObjectStore(at: temporary),
            isReadingInPlace: true
        )
        let content = try reader.content(at: request.path)
        try reader.fetch(content)
        try OriginExport(content, from: reader).write(to: target)
        return GetReport(fileCount: content.files.count, path: place)
    }

    /// A project that has no revisions is read as it is; nil for all others.
    private func workspaceWithoutGit(in context: OriginContext) throws -> BrowsedWorkspace? {
        guard request.revision == nil, let workspace = try BrowsedWorkspace(request, in: context),
            try workspace.isWithoutGit()
        else { return nil }
        return workspace
    }

    /// Where the data is kept: the address of its object.
    package func location(in context: OriginContext) throws -> String {
        if let workspace = try workspaceWithoutGit(in: context) {
            return try location(of: try workspace.view(of: request.path))
        }
        let repository = try OriginRepository(request.repository, in: context)
        let path = try repository.path(request.path)
        let place = repository.place(path)
        let project = try repository.project(containing: path)
        let output = try project?.outputs(around: place).first { place.hasPrefix($0.path) }
        guard let output, let record = output.record else {
            throw OriginError.notTracked(request.path, url: request.url)
        }
        var name = record.name
        if output.path != place, let inside = place.relative(to: output.path) {
            let temporary = context.workingDirectory.appending(TemporaryFile.uniqueName())
            defer { try? temporary.removeTree() }
            let store = ObjectStore(at: temporary)
            let reader = OriginReader(repository, into: store, isReadingInPlace: true)
            let file = try reader.content(at: request.path).files.first { $0.path.isEmpty }
            guard case .object(let digest, _)? = file?.source else {
                throw OriginError.notTracked(inside.string, url: request.url)
            }
            name = ObjectName(digest)
        }
        let root = output.project.root
        return try output.project.settings.location(
            of: name,
            VersionedOutput(output.path.relative(to: root) ?? .empty, record),
            inside: place.relative(to: output.path) ?? .empty,
            boundTo: output.output.options.remote
        )
    }

    private func location(of view: WorkspaceView) throws -> String {
        guard let output = view.tracked.output(holding: view.path),
            let text = try view.tracked.file(at: view.path)?.digest,
            let name = ObjectName(text)
        else { throw OriginError.notTracked(request.path, url: request.url) }
        return try view.settings.location(
            of: name,
            VersionedOutput(output.path, output.content.record),
            inside: view.path.relative(to: output.path) ?? .empty,
            boundTo: output.content.remote
        )
    }
}
