import DVFormats
import DVGit
import DVSystem

/// Files for Git that an operation wrote: pointers, `dvc.yaml`, `dvc.lock`, `.gitignore`.
package struct TouchedFiles: Sendable {
    /// As a user in the working directory would write them, sorted.
    package let paths: [String]
    /// Whether the user still has to stage them.
    package let needsHint: Bool
    /// What became of them in Git, where a commit was asked for.
    package var commit: FileCommit?

    /// A commit of touched files.
    package enum FileCommit: Sendable {
        case made(id: String, summary: String)
        /// The last commit has them like this.
        case nothingToCommit
    }

    init(paths: [String], needsHint: Bool, commit: FileCommit? = nil) {
        self.paths = paths
        self.needsHint = needsHint
        self.commit = commit
    }

    static let none = TouchedFiles(paths: [], needsHint: false)

    package func merging(_ other: TouchedFiles) -> TouchedFiles {
        TouchedFiles(
            paths: Set(paths + other.paths).sorted(),
            needsHint: needsHint || other.needsHint,
            commit: other.commit ?? commit
        )
    }
}

/// Keeps `.gitignore` files in step with outputs, and stages what changed.
///
/// Confined to one thread, as the repository is. Without Git it does nothing.
final class GitBookkeeper {
    private let project: Project
    private let git: GitRepository?
    private var touched: Set<AbsolutePath> = []

    init(_ project: Project) throws {
        self.project = project
        git = try project.openGit()
    }

    func touch(_ path: AbsolutePath) {
        touched.insert(path)
    }

    /// Lists `output` in the `.gitignore` of its folder, unless Git ignores it already.
    func ignore(_ output: AbsolutePath) throws {
        guard let git, output.hasPrefix(git.workingDirectory) else { return }
        let isDirectory = try FileStatus.ifPresent(output)?.isDirectory ?? false
        guard try !git.isIgnored(output, isDirectory: isDirectory) else { return }
        try editIgnoreFile(for: output) { $0.add(output.name) }
    }

    /// Takes `output` off the `.gitignore` of its folder; an ignore file left empty is removed.
    func unignore(_ output: AbsolutePath) throws {
        guard git != nil else { return }
        try editIgnoreFile(for: output) { $0.remove(output.name) }
    }

    /// Whether Git has `path`, or something below it, in its index.
    func isTracked(_ path: AbsolutePath) throws -> Bool {
        try git?.isTracked(path) ?? false
    }

    func isIgnored(_ path: AbsolutePath, isDirectory: Bool = false) throws -> Bool {
        try git?.isIgnored(path, isDirectory: isDirectory) ?? false
    }

    /// Stages what was touched if `core.autostage` is on, else tells that the user should.
    func finish(isStaging: Bool? = nil) throws -> TouchedFiles {
        let paths = touched.sorted()
        let isStaging = isStaging ?? project.settings.isAutostaging
        if let git, isStaging, !paths.isEmpty { try git.stage(paths) }
        return TouchedFiles(
            paths: paths.map(project.display),
            needsHint: git != nil && !isStaging
        )
    }

    /// Throws if `finish(committing:)` could not commit with this message.
    func checkCommit(message: String) throws {
        guard let git else { throw ProjectError.noHistory(root: project.root) }
        try git.checkCommit(message: message, environment: project.environment)
    }

    /// Commits what was touched and nothing else.
    func finish(committing message: String?) throws -> TouchedFiles {
        guard let message else { return try finish() }
        guard let git else { throw ProjectError.noHistory(root: project.root) }
        let paths = touched.sorted()
        let commit = try git.commit(paths, message: message, environment: project.environment)
        return TouchedFiles(
            paths: paths.map(project.display),
            needsHint: false,
            commit: commit.map { .made(id: $0.id.hex, summary: $0.summary) } ?? .nothingToCommit
        )
    }

    /// Throws if the ignore file is a link that leads out of the repository: it may come from others.
    private func checkInside(_ path: AbsolutePath) throws {
        guard let git, try FileStatus.ifPresent(path)?.isSymbolicLink == true else { return }
        let folder = try path.behindLinks().parent.resolvingLinks()
        guard try folder.hasPrefix(git.workingDirectory.resolvingLinks()) else {
            throw ProjectError.outputBehindLink(path.string, folder.string)
        }
    }

    private func editIgnoreFile(
        for output: AbsolutePath,
        _ edit: (inout GitIgnoreFile) -> Bool
    ) throws {
        let path = output.parent.appending(".gitignore")
        try checkInside(path)
        let before = try path.readBytesIfPresent()
        var file = GitIgnoreFile(before ?? [])
        guard edit(&file) else { return }
        if file.isEmpty {
            try path.removeFile()
        } else {
            try path.replaceContents(with: file.bytes)
        }
        touch(path)
    }
}

extension Project {
    /// The repository the project is in; nil with `core.no_scm`.
    func openGit() throws -> GitRepository? {
        settings.isWithoutGit ? nil : try GitRepository.discover(from: root)
    }
}
