import DVFormats
import DVHashing
import DVObjects
import DVPipeline
import DVSystem
import DVWorkspace

/// An output whose content the cache keeps, with what is recorded of it.
struct TrackedOutput: Sendable {
    let stage: Stage
    let output: StageOutput
    /// Nil if nothing was committed yet.
    let record: ContentRecord?
    /// What a command was asked for: the output, or something inside it.
    let part: AbsolutePath

    /// The way from the output to `part`; empty if it is the output itself.
    var partInside: RelativePath {
        part.relative(to: output.path) ?? .empty
    }

    /// All of the output.
    var whole: TrackedOutput {
        TrackedOutput(stage: stage, output: output, record: record, part: output.path)
    }

    /// Throws if the way from the output to its wanted part leads through a symbolic link to a folder, and so out of what is tracked.
    func checkWay() throws {
        var folder = part
        while folder != output.path {
            if try FileStatus.ifPresent(folder)?.isSymbolicLink == true,
                try FileStatus.followingIfPresent(folder)?.isDirectory == true
            {
                throw WorkspaceError.linkInTheWay(folder)
            }
            folder = folder.parent
        }
    }
}

extension StageCollection {
    /// The output that tracks `path`, with `path` as the wanted part; nil if none does.
    func trackedOutput(holding path: AbsolutePath) throws -> TrackedOutput? {
        let holder = graph.outputs(overlapping: path).first {
            path.hasPrefix(graph.stages[$0.stage].outputs[$0.output].path)
        }
        guard let holder else { return nil }
        let stage = graph.stages[holder.stage]
        let output = stage.outputs[holder.output]
        return TrackedOutput(
            stage: stage,
            output: output,
            record: try record(of: stage)?.outputs[output.written],
            part: path
        )
    }

    /// The cached outputs inside the project that a user's targets mean, each once, in order.
    func trackedOutputs(
        of selection: TargetSelection,
        in project: Project
    ) throws -> [TrackedOutput] {
        try trackedOutputs(try selection.resolve(in: self, of: project), in: project)
    }

    /// The cached outputs inside the project of the selected stages, each once, in order.
    func trackedOutputs(_ selected: [SelectedStage], in project: Project) throws -> [TrackedOutput]
    {
        try trackedOutputs(selected, below: project.root)
    }

    func trackedOutputs(_ selected: [SelectedStage], below root: AbsolutePath) throws
        -> [TrackedOutput]
    {
        try selected.flatMap { entry in
            let record = try record(of: entry.stage)
            return entry.stage.outputs.compactMap { output -> TrackedOutput? in
                guard output.options.isCached, output.path.hasPrefix(root) else {
                    return nil
                }
                if let part = entry.part, !part.hasPrefix(output.path) { return nil }
                return TrackedOutput(
                    stage: entry.stage,
                    output: output,
                    record: record?.outputs[output.written],
                    part: entry.part ?? output.path
                )
            }
        }
    }
}

extension Project {
    /// The files of the recorded directory `record`: as the record has them, else from the cache.
    ///
    /// Throws `ObjectError.missing` if the cache does not have the listing, `.corrupt` if it is damaged.
    func listing(_ record: ContentRecord) throws -> DirectoryListing {
        if let listing = try record.cloud?.listing() { return listing }
        let bytes = try cache(for: record.scheme).bytes(of: record.name)
        return try DirectoryListing(parsing: bytes, file: record.name.text)
    }

    /// Puts the listing that a record itself holds into the cache, for all that know directories by their listings.
    func keepListing(of record: ContentRecord) throws {
        guard let listing = try record.cloud?.listing() else { return }
        let cache = cache(for: record.scheme)
        if try !cache.contains(record.name) { try cache.insert(listing, as: record.name) }
    }
}
