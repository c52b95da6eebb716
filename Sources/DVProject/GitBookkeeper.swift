import DVFormats
import DVGit
import DVSystem

/// Keeps `.gitignore` files in step with outputs, and stages what changed.
///
/// Confined to one thread, as the repository is. Without Git it does nothing.
final class GitBookkeeper {
    private let project: Project
    private lazy var opening = Result { try project.openGit() }
    private var touched: Set<AbsolutePath> = []
    /// What was done to ignore files, in order.
    private var ignoreEdits: [AbsolutePath: [IgnoreEdit]] = [:]

    private enum IgnoreEdit {
        case add(String)
        case remove(String)

        /// False if nothing changes.
        @discardableResult
        func apply(to file: inout GitIgnoreFile) -> Bool {
            switch self {
            case .add(let name): file.add(name)
            case .remove(let name): file.remove(name)
            }
        }
    }

    /// Throws if the repository cannot be opened; with `isLazy` only what needs it does.
    init(_ project: Project, isLazy: Bool = false) throws {
        self.project = project
        if !isLazy { _ = try openedGit() }
    }

    private func openedGit() throws -> GitRepository? { try opening.get() }

    func touch(_ path: AbsolutePath) {
        touched.insert(path)
    }

    /// Lists `output` in the `.gitignore` of its folder, unless Git ignores it already.
    func ignore(_ output: AbsolutePath) throws { try ignore([output]) }

    /// The same for many: each ignore file is read and written once.
    func ignore(_ outputs: [AbsolutePath]) throws {
        for (folder, outputs) in Dictionary(grouping: outputs, by: \.parent) {
            guard try folder.exists() else { continue }
            // One is asked of the repository as fast.
            let known = outputs.count > 1 ? try ownEntries(in: folder) : GitIgnoreEntries([])
            let unknown = try outputs.filter { try !known.leaveOut($0.name) && !isIgnored($0) }
            if !unknown.isEmpty { try add(unknown.map(\.name), toIgnoreFileIn: folder) }
        }
    }

    /// By any rule; what is outside of the repository needs none.
    private func isIgnored(_ output: AbsolutePath) throws -> Bool {
        guard let git = try openedGit(), output.hasPrefix(git.workingDirectory) else { return true }
        let isDirectory = try FileStatus.ifPresent(output)?.isDirectory ?? false
        return try git.isIgnored(output, isDirectory: isDirectory)
    }

    private func add(_ names: [String], toIgnoreFileIn folder: AbsolutePath) throws {
        let path = folder.appending(".gitignore")
        try checkInside(path)
        var file = GitIgnoreFile(try path.readBytesIfPresent() ?? [])
        let new = file.add(names)
        guard !new.isEmpty else { return }
        try path.replaceContents(with: file.bytes)
        touch(path)
        ignoreEdits[path, default: []] += new.map { .add($0) }
    }

    /// Takes `output` off the `.gitignore` of its folder; an ignore file left empty is removed.
    func unignore(_ output: AbsolutePath) throws {
        guard try openedGit() != nil else { return }
        try edit(.remove(output.name), ignoreFileOf: output)
    }

    /// Throws if Git has `path`, or something below it, in its index, or a submodule has that place.
    func checkUntracked(_ path: AbsolutePath) throws {
        guard let git = try openedGit() else { return }
        if try git.isTracked(path) { throw ProjectError.trackedByGit(project.display(path)) }
        if let inner = try git.innerRepository(holding: path), inner.isSubmodule {
            throw ProjectError.inSubmodule(project.display(path), inner.root)
        }
    }

    /// Whether the repository can have `path`; if a repository inside of it does, that is told.
    private func isOwn(_ path: AbsolutePath, of git: GitRepository) throws -> Bool {
        guard let inner = try git.innerRepository(holding: path) else { return true }
        let (shown, root) = (project.display(path), project.display(inner.root))
        project.reporter.report(
            .warning("'\(shown)' is for Git in '\(root)', a repository of its own: not staged")
        )
        return false
    }

    func isIgnored(_ path: AbsolutePath, isDirectory: Bool = false) throws -> Bool {
        try openedGit()?.isIgnored(path, isDirectory: isDirectory) ?? false
    }

    /// Stages what was touched if `core.autostage` is on, else tells that the user should.
    func finish(isStaging: Bool? = nil) throws -> TouchedFiles {
        let paths = touched.sorted()
        guard !paths.isEmpty else { return .none }
        let git = try openedGit()
        let isStaging = isStaging ?? project.settings.isAutostaging
        if let git, isStaging {
            let own = try paths.filter { try isOwn($0, of: git) }
            if !own.isEmpty { try git.stage(own) }
        }
        return TouchedFiles(
            paths: paths.map(project.display),
            needsHint: git != nil && !isStaging
        )
    }

    /// Throws if `finish(committing:)` could not commit with this message.
    func checkCommit(message: String) throws {
        guard let git = try openedGit() else {
            throw ProjectError.noHistory(root: project.root)
        }
        try git.checkCommit(message: message, environment: project.environment)
    }

    /// Commits what was touched and nothing else: of ignore files the entries, of others all.
    func finish(committing message: String?) throws -> TouchedFiles {
        guard let message else { return try finish() }
        guard let git = try openedGit() else {
            throw ProjectError.noHistory(root: project.root)
        }
        let paths = touched.sorted()
        let commit = try git.commit(
            paths.filter { try isOwn($0, of: git) }.map(change),
            message: message,
            environment: project.environment
        )
        return TouchedFiles(
            paths: paths.map(project.display),
            needsHint: false,
            commit: commit.map { .made(id: $0.id.hex, summary: $0.summary) } ?? .nothingToCommit
        )
    }

    /// Throws if the ignore file is a link that leads out of the repository: it may come from others.
    private func checkInside(_ path: AbsolutePath) throws {
        guard let git = try openedGit(), try FileStatus.ifPresent(path)?.isSymbolicLink == true
        else { return }
        let folder = try path.behindLinks().parent.resolvingLinks()
        guard try folder.hasPrefix(git.workingDirectory.resolvingLinks()) else {
            throw ProjectError.outputBehindLink(path.string, folder.string)
        }
    }

    private func edit(_ edit: IgnoreEdit, ignoreFileOf output: AbsolutePath) throws {
        let path = output.parent.appending(".gitignore")
        try checkInside(path)
        var file = GitIgnoreFile(try path.readBytesIfPresent() ?? [])
        guard edit.apply(to: &file) else { return }
        if file.isEmpty {
            try path.removeFile()
        } else {
            try path.replaceContents(with: file.bytes)
        }
        touch(path)
        ignoreEdits[path, default: []].append(edit)
    }

    private func ownEntries(in folder: AbsolutePath) throws -> GitIgnoreEntries {
        let path = folder.appending(".gitignore")
        // Git does not follow a link there.
        let isFile = try FileStatus.ifPresent(path)?.isRegular == true
        return GitIgnoreFile(isFile ? try path.readBytesIfPresent() ?? [] : []).ownEntries
    }

    /// Of an ignore file its entries only: the user may not be done with the rest.
    private func change(of path: AbsolutePath) throws -> GitFileChange {
        guard let edits = ignoreEdits[path],
            try FileStatus.ifPresent(path)?.isSymbolicLink != true
        else { return .wholeFile(at: path) }
        return .edit(path) { bytes in
            var file = GitIgnoreFile(bytes)
            for edit in edits { edit.apply(to: &file) }
            bytes = file.bytes
        }
    }
}

extension Project {
    /// The repository the project is in; nil with `core.no_scm`.
    func openGit() throws -> GitRepository? {
        settings.isWithoutGit ? nil : try GitRepository.discover(from: root)
    }
}
