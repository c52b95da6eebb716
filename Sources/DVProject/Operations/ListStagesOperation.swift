import DVPipeline
import DVReporting
import DVSystem

/// The stages that targets mean, for listing.
package struct ListStagesOperation {
    private let targets: [String]?
    private let isRecursive: Bool
    private let isStrict: Bool

    /// `targets` nil lists the whole project.
    ///
    /// `isStrict` makes a file that cannot be read an error.
    package init(targets: [String]?, isRecursive: Bool, isStrict: Bool) {
        self.targets = targets
        self.isRecursive = isRecursive
        self.isStrict = isStrict
    }

    package func run(in project: Project) throws -> [Stage] {
        let files = try WorkspaceFiles(of: project)
        let walk = StageFileWalk(
            files,
            ignoring: project.ignoring,
            at: project.place,
            templates: project.templates,
            onUnreadable: isStrict && (targets == nil || isRecursive)
                ? nil
                : { path, error in
                    project.reporter.report(.detail("Stages from \(path) failed to load: \(error)"))
                },
            onClosedFolder: project.warn(ofClosedFolder:)
        )
        let collection = try StageCollection(
            try walk.stageFiles(),
            onProblem: { project.warn(ofContradiction: $0) }
        )
        guard let targets else { return collection.stages }
        try check(targets, in: files, of: project)
        let selection = SelectionOptions(isRecursive: isRecursive)
        return try collection.graph.select(targets, selection, at: project.place).map {
            collection.stages[$0]
        }
    }

    /// A file that a target names must be readable, strict or not.
    private func check(
        _ targets: [String],
        in files: any ProjectFiles,
        of project: Project
    ) throws {
        let reader = StageFileReader(
            files: files,
            place: project.place,
            templates: project.settings.templates
        )
        for target in targets {
            let file = try StageTarget(target).file ?? StageFileReader.pipelineName
            let path = project.path(of: file)
            let isFile = try FileStatus.ifPresent(path).map { !$0.isDirectory } ?? false
            guard isFile, StageFileReader.isStageFileName(path.name),
                let relative = path.relative(to: project.root)
            else { continue }
            _ = try reader.read(relative)
        }
    }
}
