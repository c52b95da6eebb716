import DVFormats
import DVGit
import DVHashing
import DVObjects
import DVPipeline
import DVRemotes
import DVSystem
import DVWorkspace

/// A project in another repository, at a revision.
final class OriginProject {
    /// Where it would be if it were checked out; outputs have their places below.
    let root: AbsolutePath
    let collection: StageCollection
    let settings: OriginSettings
    /// Its cache, if the repository is a folder of this machine.
    let cache: AbsolutePath?
    private let ignoring: IgnoreFiles

    init(
        _ files: RevisionFiles,
        at root: AbsolutePath,
        isLocal: Bool,
        request: ImportedRepository,
        in context: OriginContext
    ) throws {
        self.root = root
        settings = try OriginSettings(
            files,
            at: root,
            isLocal: isLocal,
            request: request,
            in: context
        )
        cache = isLocal ? try settings.cacheDirectory : nil
        let place = ProjectPlace(root: root, workingDirectory: root)
        ignoring = IgnoreFiles(projectRoot: root) { try files.content(at: $0) }
        let walk = StageFileWalk(
            files,
            ignoring: ignoring,
            at: place,
            templates: try settings.templates
        ) { path, error in
            let shown = path.relative(to: root)?.string ?? path.string
            context.reporter.report(
                .warning("'\(shown)' of '\(request.url)' is left out: \(error)")
            )
        }
        collection = try StageCollection(try walk.stageFiles())
    }

    func ignores(_ path: AbsolutePath, isDirectory: Bool) throws -> Bool {
        guard let relative = path.relative(to: root) else { return false }
        return try ignoring.isIgnored(relative, isDirectory: isDirectory)
    }

    /// What it tracks at, below and around `path`.
    func outputs(around path: AbsolutePath) throws -> [OriginOutput] {
        try collection.graph.outputs(overlapping: path).compactMap { place in
            let stage = collection.stages[place.stage]
            let output = stage.outputs[place.output]
            guard output.options.isCached, output.path.hasPrefix(root) else { return nil }
            let record = try collection.record(of: stage)?.outputs[output.written]
            return OriginOutput(project: self, stage: stage, output: output, record: record)
        }
    }
}

/// An output of a project of another repository.
struct OriginOutput {
    let project: OriginProject
    let stage: Stage
    let output: StageOutput
    /// Nil for an import whose data was never downloaded.
    let record: ContentRecord?

    var path: AbsolutePath { output.path }

    /// The repository that it was itself imported from, with the path there.
    var imported: PointerDependency? { project.collection.importedRepository(of: stage) }
}

extension StageCollection {
    /// Where a stage was imported from, if that is a Git repository.
    func importedRepository(of stage: Stage) -> PointerDependency? {
        guard case .pointer(let pointer)? = files[stage.file]?.content else { return nil }
        return pointer.dependencies.first { $0.repository != nil }
    }
}

extension OriginProject {
    /// Its own cache; nil if the repository was cloned.
    func cacheStore(_ scheme: HashScheme) -> ObjectStore? {
        cache.map { ObjectStore(at: $0, scheme: scheme) }
    }
}
