import DVFormats
import DVHashing
import DVObjects
import DVSystem

/// What plots need of the workspace or a revision: stages, and files of Git and of the cache as one tree.
///
/// Names are as a user in the working directory writes them. Confined to one thread.
final class PlotMoment {
    let collection: StageCollection
    private let project: Project
    private let moment: ProjectMoment
    private let state: TrackedState
    private let browser: ProjectBrowser

    /// Nil for `revision` is the workspace.
    init(of project: Project, at revision: String?) throws {
        self.project = project
        moment = try ProjectMoment(of: project, at: revision)
        collection = try moment.collection()
        state = try TrackedState(recordedIn: collection, below: project.root)
        let tracked = TrackedFiles(state, reporter: project.reporter) { _, content in
            do { return try content.listing(in: project) } catch ProjectError.noRemote {
                return nil
            }
        }
        browser = ProjectBrowser(files: moment.browser, tracked: tracked, scope: .everything)
    }

    func exists(_ name: String) throws -> Bool {
        try place(name).flatMap { try browser.entryIfPresent(at: $0) } != nil
    }

    /// The files at `name`: itself, or all that are in it; nil if nothing is there.
    func files(at name: String) throws -> [String]? {
        guard let path = try place(name), let entry = try browser.entryIfPresent(at: path) else {
            return nil
        }
        guard entry.isFolder else { return [name] }
        let found = try browser.allEntries(below: path, levels: nil)
        return found.map { PlotName.joined(name, $0.path) }
    }

    /// What `name` holds; nil if it is no file.
    func content(of name: String) throws -> [UInt8]? {
        guard let path = path(name) else {
            return try moment.files.outsideContent(at: project.path(of: name))
        }
        let place = try moment.followingLinks(path)
        if let file = try moment.browser.file(at: place) {
            return file.isFolder ? nil : try moment.files.content(at: path)
        }
        return try recordedContent(of: place, shown: name)
    }

    private func path(_ name: String) -> RelativePath? {
        project.path(of: name).relative(to: project.root)
    }

    /// Where it leads.
    private func place(_ name: String) throws -> RelativePath? {
        try path(name).map(moment.followingLinks)
    }

    // MARK: Tracked data

    private func recordedContent(of path: RelativePath, shown: String) throws -> [UInt8]? {
        var output = path
        while state.contents[output] == nil {
            if output.isEmpty { return nil }
            output = output.parent
        }
        guard let content = state.contents[output] else { return nil }
        let record = content.record
        var name = record.name
        if content.isFolder {
            guard let listing = try content.listing(in: project),
                let index = listing.index(of: path.relative(to: output) ?? .empty)
            else { return nil }
            name = ObjectName(listing.digest(at: index))
        } else if output != path {
            return nil
        }
        try project.fetchIfMissing(
            name,
            of: VersionedOutput(output, record),
            from: content.remote,
            for: shown
        )
        return try project.cache(for: record.scheme).bytes(of: name)
    }
}

/// Names of files as definitions of plots write them.
enum PlotName {
    /// As Python's `normpath(join(folder, name))`.
    static func joined(_ folder: String, _ name: String) -> String {
        let isAbsolute = name.hasPrefix("/")
        let text = isAbsolute || folder.isEmpty ? name : folder + "/" + name
        var parts: [Substring] = []
        for part in text.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else if part != ".." || !text.hasPrefix("/") {
                parts.append(part)
            }
        }
        let path = parts.joined(separator: "/")
        return text.hasPrefix("/") ? "/" + path : path.isEmpty ? "." : path
    }

    static func folder(of name: String) -> String {
        name.lastIndex(of: "/").map { String(name[..<$0]) } ?? ""
    }

    /// How many characters two paths share, in whole components.
    static func sharedLength(_ left: String, _ right: String) -> Int {
        let pairs = zip(left.split(separator: "/"), right.split(separator: "/"))
        return pairs.prefix { $0 == $1 }.map(\.0).joined(separator: "/").count
    }
}
