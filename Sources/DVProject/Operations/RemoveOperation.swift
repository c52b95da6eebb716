import DVFormats
import DVPipeline
import DVSystem

/// Stops tracking data or forgets stages.
package struct RemoveOperation {
    private let targets: [String]
    private let isRemovingOutputs: Bool

    package init(targets: [String], isRemovingOutputs: Bool) {
        self.targets = targets
        self.isRemovingOutputs = isRemovingOutputs
    }

    /// All targets are looked up before the first is removed.
    package func run(in project: Project) throws -> TouchedFiles {
        let collection = try StageCollection.read(project)
        var removed: [Stage] = []
        var entries = EntryRemoval(project, collection)
        for target in targets {
            if let path = try entries.path(of: target) {
                try entries.take(path)
            } else {
                removed += try stages(of: target, in: collection, project)
            }
        }
        for stage in removed { try project.checkIsWritten(stage, isRemoval: true) }
        let git = try GitBookkeeper(project)
        var registry = try OutputRegistry(of: project)
        try remove(removed, git, &registry, project)
        for (file, stages) in Dictionary(grouping: removed, by: \.file).sorted(by: {
            $0.key < $1.key
        }) {
            try remove(stages, from: file, in: collection, git, project)
        }
        try entries.finish(
            without: Set(removed.map(\.file)),
            isRemovingFiles: isRemovingOutputs,
            git,
            &registry
        )
        try registry.save()
        return try git.finish()
    }

    /// The outputs of stages: data and ignore entries.
    private func remove(
        _ stages: [Stage],
        _ git: GitBookkeeper,
        _ registry: inout OutputRegistry,
        _ project: Project
    ) throws {
        for output in stages.flatMap(\.outputs) where output.options.isCached {
            if isRemovingOutputs, output.path.hasPrefix(project.root) {
                try output.path.removeTree()
            }
            try git.unignore(output.path)
            // Data that is no longer tracked is the user's own: no later checkout may remove it.
            registry.forget(output.path)
        }
    }

    private func stages(of target: String, in collection: StageCollection, _ project: Project)
        throws -> [Stage]
    {
        do {
            return try collection.graph.select([target], at: project.place).map {
                collection.stages[$0]
            }
        } catch let error as SelectionError {
            let pointer = target + StageFileReader.pointerSuffix
            if try project.path(of: pointer).exists() {
                throw ProjectError.notAStageFile(target, suggestion: pointer)
            }
            throw error
        }
    }

    private func remove(
        _ stages: [Stage],
        from file: AbsolutePath,
        in collection: StageCollection,
        _ git: GitBookkeeper,
        _ project: Project
    ) throws {
        git.touch(file)
        guard case .pipeline(var pipeline, var lock) = collection.files[file]?.content else {
            return try file.removeFile()
        }
        for name in stages.compactMap(\.name) {
            pipeline = try pipeline.removingStage(named: name)
            _ = lock.remove(named: name)
        }
        try write(pipeline.hasOnlyEmptyStages ? nil : pipeline.bytes, to: file)
        let lockPath = StageCommitter.lockPath(of: file)
        guard try lockPath.exists() else { return }
        try write(lock.isEmpty ? nil : lock.serialized(), to: lockPath)
        git.touch(lockPath)
    }

    private func write(_ bytes: [UInt8]?, to path: AbsolutePath) throws {
        if let bytes { try path.replaceContents(with: bytes) } else { try path.removeFile() }
    }
}
