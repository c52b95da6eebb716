import DVFormats
import DVPipeline
import DVSystem

/// Where tracked data and its pointer go; making one refuses what must not be.
struct MovePlan {
    let oldPath: AbsolutePath
    let newPath: AbsolutePath
    let oldPointer: AbsolutePath
    /// Another file only if the pointer has the name of its data.
    let newPointer: AbsolutePath
    let pointer: PointerFile
    /// The new text of the pointer, in the style of the old one.
    let text: [UInt8]
    let isCached: Bool

    init(
        from source: String,
        to destination: String,
        in project: Project,
        _ git: GitBookkeeper
    ) throws {
        oldPath = project.path(of: source)
        let chosen = project.path(of: destination)
        let isFolder = try FileStatus.followingIfPresent(chosen)?.isDirectory ?? false
        newPath = isFolder ? chosen.appending(oldPath.name) : chosen
        let collection = try StageCollection.read(project)
        let (stage, file, index) = try Self.tracked(oldPath, in: collection, project, source)
        guard case .pointer(let old) = file.content else {
            throw MoveError.notDataSource(stage: stage.address)
        }
        oldPointer = file.path
        let isNamed = oldPointer.name == oldPath.name + StageFileReader.pointerSuffix
        let isRenamed = isNamed && old.outputs.count == 1
        newPointer =
            isRenamed
            ? newPath.parent.appending(newPath.name + StageFileReader.pointerSuffix) : oldPointer
        isCached = old.outputs[index].options.isCached
        var pointer = old
        let directory = isRenamed ? newPath.parent : stage.workingDirectory
        if isRenamed { pointer.workingDirectory = nil }
        pointer.outputs[index].recorded.path = newPath.climbing(from: directory)
        let shown = project.display(oldPointer)
        for place in try old.pathDependencies(in: file.text, file: shown) {
            let path = AbsolutePath(
                old.dependencies[place].recorded.path,
                relativeTo: stage.workingDirectory
            )
            pointer.dependencies[place].recorded.path = path.climbing(from: directory)
        }
        self.pointer = pointer
        text = try pointer.serialized(updating: file.text, file: shown)
        try check(project, git, collection)
    }

    private static func tracked(
        _ path: AbsolutePath,
        in collection: StageCollection,
        _ project: Project,
        _ typed: String
    ) throws -> (stage: Stage, file: StageFile, output: Int) {
        let graph = collection.graph
        let place = graph.outputs(overlapping: path).first {
            graph.stages[$0.stage].outputs[$0.output].path == path
        }
        guard let place, let file = collection.files[graph.stages[place.stage].file] else {
            throw MoveError.notTracked(typed)
        }
        let stage = graph.stages[place.stage]
        guard stage.isDataSource else { throw MoveError.notDataSource(stage: stage.address) }
        return (stage, file, place.output)
    }

    private func check(
        _ project: Project,
        _ git: GitBookkeeper,
        _ collection: StageCollection
    ) throws {
        let shown = project.display(newPath)
        let folder = newPath.parent
        guard newPath.hasPrefix(project.root) else {
            throw ProjectError.outputOutsideProject(newPath)
        }
        guard let status = try FileStatus.followingIfPresent(folder) else {
            throw ProjectError.stageDirectory(folder, .missing)
        }
        guard status.isDirectory else { throw ProjectError.stageDirectory(folder, .notDirectory) }
        if newPath != oldPath, newPath.hasPrefix(oldPath) { throw MoveError.isInsideItself(shown) }
        guard newPath != project.root, !newPath.hasPrefix(project.dvcDirectory),
            !StageFileReader.isStageFileName(newPath.name)
        else { throw ProjectError.isProjectFile(shown) }
        if try newPath.exists() { throw MoveError.destinationExists(shown) }
        if newPointer != oldPointer, try newPointer.exists() {
            throw MoveError.pointerExists(project.display(newPointer))
        }
        try checkRules(project, git, shown)
        try checkGraph(project, collection)
    }

    /// Nothing that `.dvcignore` or Git leave out, or that Git has.
    private func checkRules(_ project: Project, _ git: GitBookkeeper, _ shown: String) throws {
        let isDirectory = try FileStatus.ifPresent(oldPath)?.isDirectory ?? false
        if let relative = newPath.relative(to: project.root),
            try project.ignoring.isIgnored(relative, isDirectory: isDirectory)
        {
            throw ProjectError.ignoredByRules(shown)
        }
        try git.checkUntracked(newPath)
        if newPointer != oldPointer, try git.isIgnored(newPointer) {
            throw ProjectError.ignoredStageFile(project.display(newPointer))
        }
    }

    /// Nothing that overlaps with another output.
    private func checkGraph(_ project: Project, _ collection: StageCollection) throws {
        let changed = StageFile(
            path: newPointer,
            text: text,
            content: .pointer(pointer),
            stages: [Stage(pointer, in: newPointer, at: project.place)]
        )
        let others = collection.files.values.filter { $0.path != oldPointer }
        _ = try StageCollection((others + [changed]).sorted { $0.path < $1.path })
    }
}
