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
    var pointer: PointerFile
    /// Its bytes; nil for a new one.
    let text: [UInt8]?
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
            guard !additions.contains(where: { $0.path == addition.path }) else { continue }
            if addition.text == nil { grown = try grow(grown, by: addition) }
            additions.append(addition)
        }
        return additions
    }

    private func grow(
        _ collection: StageCollection,
        by addition: Addition
    ) throws -> StageCollection {
        do {
            let grown = try collection.replacing(stageFile(for: addition))
            // After the graph: a folder with a pointer file inside is in Git as well.
            guard try !git.isTracked(addition.path) else {
                throw ProjectError.trackedByGit(project.display(addition.path))
            }
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
            text: nil
        )
    }

    /// The pointer that tracks `path` or a folder above it.
    private func existing(_ path: AbsolutePath) throws -> Addition? {
        let graph = collection.graph
        let holder = graph.outputs(overlapping: path).first {
            path.hasPrefix(graph.stages[$0.stage].outputs[$0.output].path)
        }
        guard let holder else { return nil }
        let stage = graph.stages[holder.stage]
        let output = stage.outputs[holder.output]
        guard let file = collection.files[stage.file], case .pointer(let pointer) = file.content,
            stage.isDataSource
        else {
            throw ProjectError.outputOverlapsStage(
                output: project.display(path),
                stage: stage.address,
                file: project.display(stage.file)
            )
        }
        guard try output.path.exists(),
            try path.exists() || isRecorded(path, in: output, pointer.outputs[holder.output])
        else { throw ProjectError.outputMissing(project.display(path)) }
        return Addition(
            path: output.path,
            source: output.path,
            pointerPath: stage.file,
            pointer: pointer,
            text: file.text
        )
    }

    /// Whether a file or folder is in the recorded directory, so that its removal can be recorded.
    private func isRecorded(
        _ path: AbsolutePath,
        in output: StageOutput,
        _ recorded: PointerOutput
    ) throws -> Bool {
        guard let record = recorded.recorded.content, record.name.isListing,
            let inside = path.relative(to: output.path)
        else { return false }
        let listing = try project.listing(record)
        return listing.index(of: inside) != nil || listing.listing(below: inside).count > 0
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
