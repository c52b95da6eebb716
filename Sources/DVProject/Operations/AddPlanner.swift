import DVFormats
import DVObjects
import DVPipeline
import DVSystem
import DVWorkspace

/// One output to be recorded in a pointer file.
struct Addition {
    /// The output in the workspace.
    let path: AbsolutePath
    /// Where its content is read; the output itself unless it is copied from elsewhere.
    let source: AbsolutePath
    let pointerPath: AbsolutePath
    /// The pointer as it is now.
    let pointer: PointerFile
    /// The place of the output in the pointer.
    let place: Int
    /// Its bytes; nil for a new one.
    let text: [UInt8]?
    /// What was recorded, if only a part of it is added.
    var part: TrackedOutput?

    /// Whether the output has a place in the cache.
    var isCached: Bool { pointer.outputs[place].options.isCached }

    /// What is recorded of the output so far.
    var recorded: ContentRecord? { pointer.outputs[place].recorded.content }
}

/// Decides which pointer each target belongs to, and refuses what must not be tracked.
struct AddPlanner {
    let project: Project
    let git: GitBookkeeper
    let collection: StageCollection

    init(_ project: Project, _ git: GitBookkeeper) throws {
        self.project = project
        self.git = git
        collection = try StageCollection.read(project)
    }

    func plan(_ paths: [AbsolutePath], source: AbsolutePath?, _ options: AddOptions) throws
        -> [Addition]
    {
        var grown = collection
        var additions: [Addition] = []
        for path in paths {
            let addition = try plan(path, source: source ?? path, options)
            let isKnown = additions.contains {
                $0.path == addition.path && $0.part?.part == addition.part?.part
            }
            if isKnown { continue }
            if addition.text == nil { grown = try grow(grown, by: addition) }
            additions.append(addition)
        }
        let whole = Set(additions.filter { $0.part == nil }.map(\.path))
        return additions.filter { $0.part == nil || !whole.contains($0.path) }
    }

    private func grow(
        _ collection: StageCollection,
        by addition: Addition
    ) throws -> StageCollection {
        do {
            let grown = try collection.replacing(stageFile(for: addition))
            // After the graph: a folder with a pointer file inside is in Git as well.
            try git.checkUntracked(addition.path)
            return grown
        } catch GraphError.overlappingOutputs(let outer, _, let inner, let stage)
            where outer == project.display(addition.path)
        {
            throw ProjectError.outputsOverlap(new: outer, tracked: inner, pointer: stage.address)
        }
    }

    private func plan(_ path: AbsolutePath, source: AbsolutePath, _ options: AddOptions) throws
        -> Addition
    {
        guard path.hasPrefix(project.root) else { throw ProjectError.outputOutsideProject(path) }
        if source == path, let existing = try existing(path) { return existing }
        guard try source.exists() else {
            // Arguments are text: bytes that are not UTF-8 arrive as replacement characters.
            guard !source.string.unicodeScalars.contains("\u{FFFD}") else {
                throw WorkspaceError.untrackable([
                    UntrackableFile(path: source, reason: .nameNotUTF8)
                ])
            }
            throw ProjectError.outputMissing(project.display(source))
        }
        try check(path)
        if source != path, try path.exists(), !options.isForced {
            throw ProjectError.destinationExists(project.display(path))
        }
        let pointerPath = path.parent.appending(path.name + StageFileReader.pointerSuffix)
        guard try !git.isIgnored(pointerPath) else {
            throw ProjectError.ignoredStageFile(project.display(pointerPath))
        }
        return Addition(
            path: path,
            source: source,
            pointerPath: pointerPath,
            pointer: PointerFile(outputs: [PointerOutput(RecordedPath(path: path.name))]),
            place: 0,
            text: nil
        )
    }

    /// The pointer that tracks `path` or a folder above it.
    private func existing(_ path: AbsolutePath) throws -> Addition? {
        guard let tracked = try collection.trackedOutput(holding: path) else { return nil }
        let (stage, output) = (tracked.stage, tracked.output)
        guard let file = collection.files[stage.file], case .pointer(let pointer) = file.content,
            stage.isDataSource, let place = stage.outputs.firstIndex(of: output)
        else {
            throw ProjectError.outputOverlapsStage(
                output: project.display(path),
                stage: stage.address,
                file: project.display(stage.file)
            )
        }
        guard try output.path.exists() else {
            throw ProjectError.outputMissing(project.display(path))
        }
        // What is not in the cache is in the workspace as a whole.
        let isPart = path != output.path && output.options.isCached
        if isPart { try check(part: tracked) }
        return Addition(
            path: output.path,
            source: output.path,
            pointerPath: stage.file,
            pointer: pointer,
            place: place,
            text: file.text,
            part: isPart ? tracked : nil
        )
    }

    /// A part that is gone must have been recorded, so that its removal can be.
    private func check(part tracked: TrackedOutput) throws {
        try tracked.checkWay()
        let shown = project.display(tracked.part)
        try OutputCheck(ignoring: project.ignoring, place: project.place)
            .checkIgnored(tracked.part, display: shown)
        let edit = try DirectoryEdit(of: tracked, in: project)
        guard try tracked.part.exists() || edit.hasFiles(at: tracked.part) else {
            throw ProjectError.outputMissing(shown)
        }
    }

    /// Throws if `path` must not be tracked.
    func check(_ path: AbsolutePath) throws {
        let shown = project.display(path)
        guard !project.root.hasPrefix(path) else { throw ProjectError.isProjectFile(shown) }
        try OutputCheck(ignoring: project.ignoring, place: project.place)
            .check(path, display: shown)
    }

    private func stageFile(for addition: Addition) -> StageFile {
        StageFile(
            path: addition.pointerPath,
            text: [],
            content: .pointer(addition.pointer),
            stages: [Stage(addition.pointer, in: addition.pointerPath, at: project.place)]
        )
    }
}
