import DVFormats
import DVGit
import DVHashing
import DVPipeline
import DVSystem

/// Files of one moment, tracked ones among them.
extension ProjectMoment {
    /// The file, from the workspace or Git; nil if there is none.
    ///
    /// Throws `SystemError` for a folder.
    func content(at path: AbsolutePath, of project: Project) throws -> [UInt8]? {
        guard let relative = path.relative(to: project.root) else {
            return try files.outsideContent(at: path)
        }
        return try files.content(at: relative)
    }

    /// The name of a file that Git has; nil in the workspace.
    func blob(at path: AbsolutePath, of project: Project) throws -> GitObjectID? {
        guard let revision, let relative = try place(path, of: project),
            let entry = try revision.treeEntry(at: relative), case .file = entry.kind
        else { return nil }
        return entry.id
    }

    /// Where a path of the project leads; nil for others.
    private func place(_ path: AbsolutePath, of project: Project) throws -> RelativePath? {
        try path.relative(to: project.root).map(followingLinks)
    }

    /// What is recorded of a path.
    func tracked(at path: AbsolutePath, of project: Project) throws -> TrackedPath {
        let path = try place(path, of: project).map(project.root.appending) ?? path
        guard let output = try collection().trackedOutput(holding: path),
            output.output.options.isCached, let record = output.record
        else { return .nothing }
        guard record.name.isListing else {
            let isFile = output.partInside.isEmpty
            return isFile ? .file(TrackedObject(output: output, name: record.name)) : .nothing
        }
        let content = TrackedContent(
            record: record,
            members: .inCache(listings),
            remote: output.output.options.remote
        )
        guard let listing = try content.listing(in: project) else {
            return .unknown(output.output.path)
        }
        if output.partInside.isEmpty { return .folder }
        if let index = listing.index(of: output.partInside) {
            return .file(TrackedObject(output: output, name: ObjectName(listing.digest(at: index))))
        }
        return listing.indices(below: output.partInside).isEmpty ? .nothing : .folder
    }

    /// Whether a file is here, or is tracked.
    func hasFile(at path: AbsolutePath, of project: Project) throws -> Bool {
        if try content(at: path, of: project) != nil { return true }
        if case .file = try tracked(at: path, of: project) { return true }
        return false
    }

    /// The files in a folder, here or tracked, sorted; any other path alone.
    func expand(_ path: AbsolutePath, of project: Project) throws -> [AbsolutePath] {
        guard let relative = path.relative(to: project.root), try mayBeFolder(relative, project)
        else { return [path] }
        let browser = try browser(of: project)
        let place = try followingLinks(relative)
        guard let entry = try browser.entryIfPresent(at: place), entry.isFolder else {
            return [path]
        }
        // Files that describe stages are none of the project's data, as in DVC.
        return try browser.allEntries(below: place, levels: nil)
            .map { path.appending($0.path) }
            .filter { !ProjectBrowser.isProjectFile($0.name) }
    }

    /// False for what is a file or is tracked as one: most paths, so that nothing else has to be read.
    private func mayBeFolder(_ path: RelativePath, _ project: Project) throws -> Bool {
        if let revision, let entry = try revision.treeEntry(at: followingLinks(path)) {
            return entry.kind == .folder
        }
        let absolute = project.root.appending(path)
        if revision == nil, let status = try FileStatus.followingIfPresent(absolute) {
            return status.isDirectory
        }
        return switch try tracked(at: absolute, of: project) {
        case .file, .unknown: false
        case .nothing, .folder: true
        }
    }

    private func browser(of project: Project) throws -> ProjectBrowser {
        let state = try TrackedState(recordedIn: collection(), below: project.root)
        let tracked = TrackedFiles(state, reporter: project.reporter) { _, content in
            try content.listing(in: project)
        }
        return ProjectBrowser(files: browser, tracked: tracked, scope: .everything)
    }
}

/// What is known of a path from pointers and lock files.
enum TrackedPath {
    case nothing
    case folder
    case file(TrackedObject)
    /// It is this output or inside of it, whose listing is neither in the cache nor on a remote.
    case unknown(AbsolutePath)
}

/// A tracked file with the name of its content.
struct TrackedObject {
    let output: TrackedOutput
    let name: ObjectName
}
