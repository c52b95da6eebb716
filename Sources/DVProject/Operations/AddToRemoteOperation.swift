import DVFormats
import DVHashing
import DVSystem
import DVWorkspace

/// Sends data to a remote and tracks it here, past cache and workspace: for what does not fit on this machine.
package struct AddToRemoteOperation {
    private let target: String
    private let out: String?
    private let isForced: Bool
    private let remote: String?
    private let jobs: Int?

    package init(
        _ target: String,
        out: String? = nil,
        isForced: Bool = false,
        remote: String? = nil,
        jobs: Int? = nil
    ) {
        self.target = target
        self.out = out
        self.isForced = isForced
        self.remote = remote
        self.jobs = jobs
    }

    /// The pointer is written when the remote has everything.
    package func run(in project: Project) throws -> TouchedFiles {
        let source = try ExternalPath(
            target,
            from: project.workingDirectory,
            in: project.settings.addresses
        )
        let path = try destination(of: source, in: project)
        let git = try GitBookkeeper(project)
        let pointer = try AddPlanner(project, git).planImport(nil, to: path)
        let remote = try project.settings.remote(remote)
        guard try source.isThere() else {
            let shown = source.localPath.map(project.display) ?? target
            throw ProjectError.outputMissing(shown)
        }
        let content = try source.send(to: remote, in: project, jobs: jobs, named: target)
        let recorder = try ImportRecorder(project, git)
        try recorder.write(
            pointer,
            content: content.record.withoutMode,
            isComplete: false
        )
        return try recorder.finish()
    }

    /// Data of the project is tracked where it is; anything else under its name in the working directory.
    private func destination(of source: ExternalPath, in project: Project) throws -> AbsolutePath {
        if out == nil, let path = source.localPath, path.hasPrefix(project.root) { return path }
        return try Destination.path(
            for: target,
            out: out,
            isForced: isForced,
            in: project.workingDirectory
        )
    }
}
