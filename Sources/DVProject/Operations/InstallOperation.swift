import DVFormats
import DVGit
import DVReporting
import DVSystem

/// Makes Git call dvswift: hooks, and merge drivers for pointers and lock files.
package struct InstallOperation {
    private let usesPreCommitTool: Bool

    package init(usesPreCommitTool: Bool) {
        self.usesPreCommitTool = usesPreCommitTool
    }

    static let hooks = ["post-checkout", "pre-commit", "pre-push"]

    /// Without Git there is nothing to do.
    ///
    /// Throws `HookExists` before the first hook is written; merge drivers are set up by then.
    package func run(in project: Project) throws -> TouchedFiles {
        guard let git = try project.openGit() else { return .none }
        let bookkeeper = try GitBookkeeper(project)
        try setUpMerging(project, git, bookkeeper)
        if usesPreCommitTool {
            try configurePreCommitTool(project, git, bookkeeper)
        } else {
            try writeHooks(git)
        }
        return try bookkeeper.finish()
    }

    private func setUpMerging(
        _ project: Project,
        _ git: GitRepository,
        _ bookkeeper: GitBookkeeper
    ) throws {
        let command = "dvswift git-hook merge-driver --ancestor %O --our %A --their %B --path %P"
        try git.set("merge.dvc.name", to: "DVC merge driver")
        try git.set("merge.dvc.driver", to: command)
        // Not the driver of pointers: that of DVC, in other clones, cannot merge lock files.
        try git.set("merge.dvc-lock.name", to: "dvc.lock merge driver")
        try git.set("merge.dvc-lock.driver", to: command)
        let path = project.root.appending(".gitattributes")
        var file = GitAttributesFile(try path.readBytesIfPresent() ?? [])
        let isNew = [
            file.setMerge("dvc", for: "*.dvc"), file.setMerge("dvc-lock", for: "dvc.lock"),
        ]
        guard isNew.contains(true) else { return }
        try path.replaceContents(with: file.bytes)
        bookkeeper.touch(path)
    }

    private func writeHooks(_ git: GitRepository) throws {
        let folder = try git.hooksDirectory()
        for hook in Self.hooks where try folder.appending(hook).exists() {
            throw HookExists(hook: hook)
        }
        try folder.makeDirectories()
        for hook in Self.hooks {
            let script = "#!/bin/sh\nexec dvswift git-hook \(hook) \"$@\"\n"
            let file = try TemporaryFile(in: folder, isReplacing: false)
            try Array(script.utf8).withUnsafeBytes { try file.file.write($0) }
            try file.file.setPermissions(0o755)
            guard try file.publish(at: folder.appending(hook)) else {
                throw HookExists(hook: hook)
            }
        }
    }

    private func configurePreCommitTool(
        _ project: Project,
        _ git: GitRepository,
        _ bookkeeper: GitBookkeeper
    ) throws {
        let path = git.workingDirectory.appending(".pre-commit-config.yaml")
        let before = try path.readBytesIfPresent() ?? []
        let text = try PreCommitFile.adding(
            Self.preCommitEntry,
            to: before,
            file: project.display(path)
        )
        guard text != before else { return }
        try path.replaceContents(with: text)
        bookkeeper.touch(path)
    }

    /// As DVC's, except that the tool need not install anything: it calls the dvswift of this machine.
    private static var preCommitEntry: DataValue {
        let hooks = ["pre-commit", "pre-push", "post-checkout"].map { hook in
            DataValue.mapping([
                ("id", .string("dvc-\(hook)")),
                ("name", .string("DVC \(hook)")),
                ("entry", .string("dvswift git-hook \(hook)")),
                ("language", .string("system")),
                ("always_run", .bool(true)),
                ("pass_filenames", .bool(false)),
                ("require_serial", .bool(true)),
                ("verbose", .bool(true)),
                ("stages", .list([.string(hook)])),
            ])
        }
        return .mapping([("repo", .string("local")), ("hooks", .list(hooks))])
    }
}

/// A hook that would have to be overwritten.
package struct HookExists: Error, Sendable {
    package let hook: String
}
