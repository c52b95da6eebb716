import DVFormats
import DVPipeline
import DVSystem
import DVWorkspace

/// Committing what is inside of a tracked directory.
extension StageCommitter {
    /// How a part differs from what is recorded of it; nil if it does not.
    func change(in part: TrackedOutput) throws -> PathChange? {
        var edit = try edit(of: part)
        let old = edit.record
        try edit.replace(part.part, with: try content(at: part.part, storingIn: nil))
        if edit.record?.name == old?.name { return nil }
        return PathChange(
            path: part.output.display,
            change: .modified,
            old: old,
            new: edit.record
        )
    }

    /// Stores a part and the listing that has it; the size is known if the cache has all members.
    func part(_ part: TrackedOutput) throws -> Committed {
        var edit = try edit(of: part)
        let content = try content(at: part.part, storingIn: project.cache)
        guard content != nil || edit.hasFiles(at: part.part) else {
            throw ProjectError.outputMissing(project.display(part.part))
        }
        try edit.replace(part.part, with: content)
        try edit.store()
        try edit.measure()
        guard let record = edit.record else {
            throw ProjectError.outputMissing(part.output.display)
        }
        return Committed(output: part.output, record: record, content: content, path: part.part)
    }

    /// From what is recorded now, commits of this committer included.
    private func edit(of part: TrackedOutput) throws -> DirectoryEdit {
        try part.checkWay()
        let now = TrackedOutput(
            stage: part.stage,
            output: part.output,
            record: try record(of: part.stage)?.outputs[part.output.written],
            part: part.part
        )
        return try DirectoryEdit(of: now, in: project)
    }
}
