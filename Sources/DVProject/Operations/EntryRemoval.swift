import DVFormats
import DVPipeline
import DVSystem

/// Takes files and folders out of tracked directories: their entries in the listings, and in the pointers what names them.
struct EntryRemoval {
    private let project: Project
    private let collection: StageCollection
    private var edits: [AbsolutePath: DirectoryEdit] = [:]
    private var taken: [TrackedOutput] = []

    init(_ project: Project, _ collection: StageCollection) {
        self.project = project
        self.collection = collection
    }

    /// The path that a target means; nil if it means a stage file or a stage, or nothing inside a tracked directory.
    func path(of target: String) throws -> AbsolutePath? {
        do {
            _ = try collection.graph.select([target], at: project.place)
            return nil
        } catch is SelectionError {
            let path = project.path(of: target)
            guard let tracked = try collection.trackedOutput(holding: path),
                !tracked.partInside.isEmpty, tracked.output.options.isCached
            else { return nil }
            return path
        }
    }

    /// Takes an entry off the listing in memory.
    ///
    /// Throws `ProjectError.notInListing`, and `.outputOverlapsStage` for what a stage makes.
    mutating func take(_ path: AbsolutePath) throws {
        guard let tracked = try collection.trackedOutput(holding: path) else { return }
        guard tracked.stage.isDataSource else {
            throw ProjectError.outputOverlapsStage(
                output: project.display(path),
                stage: tracked.stage.address,
                file: project.display(tracked.stage.file)
            )
        }
        try tracked.checkWay()
        let directory = tracked.output.path
        var edit = try edits[directory] ?? DirectoryEdit(of: tracked, in: project)
        guard edit.hasFiles(at: path) else {
            throw ProjectError.notInListing(path: path, output: directory)
        }
        try edit.replace(path, with: nil)
        edits[directory] = edit
        taken.append(tracked)
    }

    /// Stores the listings, writes the pointers, and only then removes files.
    ///
    /// Directories whose stage files are among `gone` are tracked no more.
    func finish(
        without gone: Set<AbsolutePath>,
        isRemovingFiles: Bool,
        _ git: GitBookkeeper,
        _ registry: inout OutputRegistry
    ) throws {
        let left = taken.filter { !gone.contains($0.stage.file) }
        guard !left.isEmpty else { return }
        for tracked in left { try edits[tracked.output.path]?.store() }
        try project.cache.synchronize()
        for (file, entries) in Dictionary(grouping: left, by: \.stage.file).sorted(by: {
            $0.key < $1.key
        }) {
            try write(file, entries)
            git.touch(file)
        }
        for tracked in left {
            if let name = edits[tracked.output.path]?.record?.name {
                registry.record(name, at: tracked.output.path)
            }
            if isRemovingFiles { try tracked.part.removeTree() }
        }
    }

    private func write(_ path: AbsolutePath, _ entries: [TrackedOutput]) throws {
        guard let file = collection.files[path], case .pointer(var pointer) = file.content else {
            return
        }
        for entry in entries {
            guard let place = entry.stage.outputs.firstIndex(of: entry.output) else { continue }
            pointer.outputs[place].recorded.content = edits[entry.output.path]?.record
        }
        let text = try pointer.serialized(updating: file.text, file: project.display(path))
        try path.replaceContents(with: text)
    }
}
