import DVFormats
import DVPipeline
import DVSystem
import DVWorkspace

/// A stage file as it was read.
struct StageFile: Sendable {
    enum Content: Sendable {
        case pointer(PointerFile)
        case pipeline(PipelineFile, lock: LockFile)
    }

    let path: AbsolutePath
    /// The bytes of the file, for edits that keep what they do not change.
    let text: [UInt8]
    let content: Content
    let stages: [Stage]
}

/// Reads stage files.
struct StageFileReader {
    let files: any ProjectFiles
    let place: ProjectPlace
    let templates: TemplateReading
    var memory = StageFileMemory()

    static let pipelineName = "dvc.yaml"
    static let lockName = "dvc.lock"
    static let pointerSuffix = ".dvc"

    /// Whether DVC would take a file of this name for a stage file.
    static func isStageFileName(_ name: String) -> Bool {
        name == pipelineName || name.hasSuffix(pointerSuffix)
    }

    /// Nil if there is no file at `path`.
    func read(_ path: RelativePath) throws -> StageFile? {
        guard let text = try files.content(at: path) else { return nil }
        let absolute = place.root.appending(path)
        if path.name == Self.pipelineName { return try pipeline(text, path) }
        return try memory.pointer(text, at: path) {
            let pointer = try PointerFile(parsing: text, file: shown(path))
            return StageFile(
                path: absolute,
                text: text,
                content: .pointer(pointer),
                stages: [Stage(pointer, in: absolute, at: place)]
            )
        }
    }

    private func shown(_ path: RelativePath) -> String {
        place.root.appending(path).climbing(from: place.workingDirectory)
    }

    private func pipeline(_ text: [UInt8], _ file: RelativePath) throws -> StageFile {
        let path = place.root.appending(file)
        let pipeline = try memory.pipeline(text, at: file, in: files) {
            try resolved(text, file, path)
        }
        let lockPath = file.parent.appending(Self.lockName)
        let lock = try LockFile(
            parsing: try files.content(at: lockPath) ?? [],
            file: shown(lockPath)
        )
        return StageFile(
            path: path,
            text: text,
            content: .pipeline(pipeline.file, lock: lock),
            stages: pipeline.stages
        )
    }

    private func resolved(
        _ text: [UInt8],
        _ file: RelativePath,
        _ path: AbsolutePath
    ) throws -> StageFileMemory.Pipeline {
        let written = try PipelineFile(parsing: text, file: shown(file))
        let variables = FileVariables(beside: path, in: files, at: place)
        let pipeline = try templates.resolve(written, with: variables)
        return StageFileMemory.Pipeline(
            text: text,
            variables: variables,
            file: pipeline,
            stages: pipeline.stages.map { Stage($0, in: path, at: place) }
        )
    }
}

/// All stages of a project.
struct StageCollection: Sendable {
    let files: [AbsolutePath: StageFile]
    let graph: StageGraph
    /// Folders that this user may not read, so that stage files may be hidden there.
    private(set) var closedFolders: [AbsolutePath] = []

    var stages: [Stage] { graph.stages }

    /// Reads every stage file of the project: sorted, top down; not below outputs, ignored folders and nested projects.
    ///
    /// Folders that this user may not read are passed by with a warning, as DVC does, unless `isComplete`. With
    /// `takesContradictions` so are cycles and overlapping outputs, which matter to those who run or move something.
    static func read(
        _ project: Project,
        isComplete: Bool = false,
        takesContradictions: Bool = false
    ) throws -> StageCollection {
        let files = try WorkspaceFiles(of: project)
        var closed: [AbsolutePath] = []
        let walk = StageFileWalk(
            files,
            ignoring: project.ignoring,
            at: project.place,
            templates: project.templates,
            onClosedFolder: isComplete
                ? nil
                : { folder in
                    closed.append(folder)
                    project.warn(ofClosedFolder: folder)
                }
        )
        var collection = try StageCollection(
            try walk.stageFiles(),
            onProblem: takesContradictions ? { project.warn(ofContradiction: $0) } : nil
        )
        collection.closedFolders = closed
        return collection
    }

    /// Whether the stage file that tracks `path` may be where this user cannot see it.
    func mayHide(_ path: AbsolutePath) -> Bool {
        closedFolders.contains { path.hasPrefix($0) }
    }

    /// The same for the files of a revision.
    static func read(
        _ files: RevisionFiles,
        of project: Project,
        remembering memory: StageFileMemory
    ) throws -> StageCollection {
        let ignoring = IgnoreFiles(projectRoot: project.root) { try files.content(at: $0) }
        let walk = StageFileWalk(
            files,
            ignoring: ignoring,
            at: project.place,
            templates: project.settings.templates,
            memory: memory
        )
        return try StageCollection(try walk.stageFiles())
    }

    init(_ files: [StageFile], onProblem: ((GraphError) -> Void)? = nil) throws {
        self.files = Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
        graph = try StageGraph(files.flatMap(\.stages), onProblem: onProblem)
    }

    /// The collection with `file` added or replaced.
    func replacing(_ file: StageFile) throws -> StageCollection {
        var changed = files
        changed[file.path] = file
        return try StageCollection(changed.values.sorted { $0.path < $1.path })
    }

    /// What is recorded of a stage; nil if it was never run or committed.
    func record(of stage: Stage) throws -> StageRecord? {
        switch files[stage.file]?.content {
        case .pointer(let pointer): return StageRecord(pointer)
        case .pipeline(_, let lock):
            guard let name = stage.name, let locked = try lock.stage(named: name) else {
                return nil
            }
            return StageRecord(locked)
        case nil: return nil
        }
    }
}

extension Project {
    /// Tells of stages that can be listed, but not run.
    func warn(ofContradiction contradiction: GraphError) {
        reporter.report(.warning(contradiction.message))
    }

    /// Tells of a folder that is passed by because this user may not read it.
    func warn(ofClosedFolder folder: AbsolutePath) {
        reporter.report(
            .warning("'\(display(folder))' is passed by: permission to read it is denied")
        )
    }
}
