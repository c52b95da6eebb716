import DVFormats
import DVGit
import DVHashing
import DVSystem

/// How far an import goes.
package enum ImportExtent: Sendable {
    /// Data, pointer, everything.
    case complete
    /// A pointer that says where the data is, at which commit or with which content; no data.
    case withoutDownload
    /// Only the pointer: the source is not even looked at.
    case pointerOnly
}

/// How `import` and `import-url` work.
package struct ImportOptions: Sendable {
    package var out: String?
    package var isForced: Bool
    package var extent: ImportExtent
    /// Nil means the project's setting.
    package var jobs: Int?

    package init(
        out: String? = nil,
        isForced: Bool = false,
        extent: ImportExtent = .complete,
        jobs: Int? = nil
    ) {
        self.out = out
        self.isForced = isForced
        self.extent = extent
        self.jobs = jobs
    }
}

/// Brings data of another repository into this project, with a pointer that remembers where it came from.
package struct ImportOperation {
    private let request: OriginRequest
    private let options: ImportOptions

    package init(_ request: OriginRequest, options: ImportOptions = ImportOptions()) {
        self.request = request
        self.options = options
    }

    /// Nothing is written before all of the data is in the cache.
    package func run(in project: Project) throws -> TouchedFiles {
        let path = try Destination.path(
            for: request.path,
            out: options.out,
            isForced: options.isForced,
            in: project.workingDirectory
        )
        let git = try GitBookkeeper(project)
        let dependency = PointerDependency(path: request.path, repository: request.repository)
        var target = try AddPlanner(project, git).planImport(dependency, to: path)
        var recorder = try ImportRecorder(project, git)
        guard options.extent != .pointerOnly else {
            try recorder.write(target, content: nil, isComplete: false)
            return try recorder.finish()
        }
        let source = "\(request.path) (\(request.url))"
        project.reporter.report(.answer(target.announcement(source, in: project)))
        let context = project.originContext(jobs: options.jobs)
        let repository = try OriginRepository(request.repository, in: context)
        target.pointer.dependencies[0].repository?.lockedRevision = repository.commit.id.hex
        guard options.extent == .complete else {
            try recorder.write(target, content: nil)
            return try recorder.finish()
        }
        let reader = OriginReader(repository, into: project.cache)
        let content = try reader.bring(try reader.content(at: request.path))
        try recorder.place(
            content.record,
            content.listing,
            at: path,
            isForced: options.isForced
        )
        try recorder.write(target, content: content.record)
        return try recorder.finish()
    }
}
