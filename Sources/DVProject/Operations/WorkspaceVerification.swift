import DVFormats
import DVHashing
import DVObjects
import DVReporting
import DVSystem
import DVWorkspace

/// Reads every tracked file and compares it with what the state store believes from its status: a difference is content
/// that changed behind the file system's back.
struct WorkspaceVerification {
    private let project: Project

    init(_ project: Project) {
        self.project = project
    }

    func report() throws -> VerifyReport {
        let collection = try StageCollection.read(project)
        let all = collection.stages.map { SelectedStage(stage: $0, part: nil) }
        var (checked, bytes) = (0, Int64(0))
        var changed: [String] = []
        for output in try collection.trackedOutputs(all, in: project) {
            let path = output.output.path
            guard let believed = try project.hasher(scheme: .md5).content(at: path),
                let read = try fresh(path)
            else { continue }
            checked += max(1, read.record().fileCount ?? 1)
            bytes += read.totalSize
            changed += try differences(believed, read, at: path)
        }
        return VerifyReport(
            place: .workspace,
            checked: checked,
            bytes: bytes,
            problems: [],
            silentlyChanged: changed.sorted()
        )
    }

    /// Without any memory of earlier readings.
    private func fresh(_ path: AbsolutePath) throws -> WorkspaceContent? {
        try project.withProgress("Verifying") { progress in
            try TreeHasher(
                walk: project.hasher(scheme: .md5).walk,
                state: StateStore(directory: nil, projectRoot: project.root),
                progress: progress
            )
            .content(at: path)
        }
    }

    private func differences(
        _ believed: WorkspaceContent,
        _ read: WorkspaceContent,
        at path: AbsolutePath
    ) throws -> [String] {
        switch (believed, read) {
        case (.directory(let old), .directory(let new)):
            return new.listing.changes(since: old.listing).compactMap { change in
                guard case .modified(_, let index) = change else { return nil }
                return project.display(path.appending(new.listing.path(at: index)))
            }
        default: return believed.name == read.name ? [] : [project.display(path)]
        }
    }
}
