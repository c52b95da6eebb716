import DVFormats
import DVHashing
import DVObjects
import DVPipeline
import DVReporting
import DVSystem
import DVWorkspace

/// How `add` works.
package struct AddOptions: Sendable {
    package var usesGlob: Bool
    /// Where to put a copy of the only target.
    package var destination: String?
    package var isForced: Bool
    package var isCommitting: Bool
    package var isRelinking: Bool
    /// The message of the Git commit to make of pointers and ignore files; nil makes none.
    package var message: String?

    package init(
        usesGlob: Bool = false,
        destination: String? = nil,
        isForced: Bool = false,
        isCommitting: Bool = true,
        isRelinking: Bool = true,
        message: String? = nil
    ) {
        self.usesGlob = usesGlob
        self.destination = destination
        self.isForced = isForced
        self.isCommitting = isCommitting
        self.isRelinking = isRelinking
        self.message = message
    }
}

/// Puts files and folders under version control: objects into the cache, pointers into the workspace.
package struct AddOperation {
    private let targets: [String]
    private let options: AddOptions

    package init(targets: [String], options: AddOptions = AddOptions()) {
        self.targets = targets
        self.options = options
    }

    /// All targets are checked before the first is read, and all objects are durable before the first pointer is written.
    package func run(in project: Project) throws -> TouchedFiles {
        let git = try GitBookkeeper(project)
        if let message = options.message { try git.checkCommit(message: message) }
        let planner = try AddPlanner(project, git)
        let additions = try planner.plan(
            try paths(in: project),
            source: try source(in: project),
            options
        )
        var recorder = try OutputRecorder(project, git, isRelinking: options.isRelinking)
        for addition in additions {
            try recorder.take(addition, isStoring: options.isCommitting)
        }
        try recorder.finish()
        return try git.finish(committing: options.message)
    }

    private func paths(in project: Project) throws -> [AbsolutePath] {
        if let destination = options.destination {
            let path = project.path(of: destination)
            let isFolder = try FileStatus.ifPresent(path)?.isDirectory ?? false
            let name = targets.first.map(project.path(of:))?.name ?? ""
            return [isFolder && !options.isForced ? path.appending(name) : path]
        }
        let names =
            options.usesGlob
            ? try PathPattern.matches(targets, in: project)
            : targets
        return names.map(project.path(of:))
    }

    private func source(in project: Project) throws -> AbsolutePath? {
        options.destination == nil ? nil : targets.first.map(project.path(of:))
    }
}
