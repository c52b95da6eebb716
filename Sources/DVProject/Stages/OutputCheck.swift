import DVPipeline
import DVSystem
import DVWorkspace

/// Refuses outputs where no stage may write: a pointer file comes from others, and what it names is replaced and removed.
struct OutputCheck {
    let ignoring: IgnoreFiles
    let place: ProjectPlace

    /// Throws for stage files, Git's and DVC's own folders, what `.dvcignore` leaves out, and what is no path.
    func check(_ stage: Stage) throws {
        for output in stage.outputs {
            guard Self.isPath(output.written) else {
                throw ProjectError.outputIsNoPath(output.written, stage: stage.address)
            }
            try check(output.path, display: output.display)
        }
    }

    func check(_ path: AbsolutePath, display: String) throws {
        guard !Self.isProjectFileName(path.name) else {
            throw ProjectError.outputIsProjectFile(display)
        }
        try checkIgnored(path, display: display)
    }

    /// Throws for what `.dvcignore` leaves out.
    func checkIgnored(_ path: AbsolutePath, display: String) throws {
        if let inside = path.relative(to: place.root), try isIgnored(inside, path) {
            throw ProjectError.ignoredByRules(display)
        }
    }

    private static func isPath(_ text: String) -> Bool {
        !text.isEmpty && !text.utf8.contains(0) && !text.contains("://")
    }

    private static func isProjectFileName(_ name: String) -> Bool {
        StageFileReader.isStageFileName(name) || name == StageFileReader.lockName
    }

    /// Most paths match no pattern even as folders, and then nobody needs to know what they are.
    private func isIgnored(_ relative: RelativePath, _ path: AbsolutePath) throws -> Bool {
        guard try ignoring.isIgnored(relative, isDirectory: true) else { return false }
        let isDirectory = try FileStatus.ifPresent(path)?.isDirectory ?? false
        return try isDirectory || ignoring.isIgnored(relative, isDirectory: false)
    }
}

extension AbsolutePath {
    /// Makes the folder that an output is to be in, which must not lead into Git's or DVC's own through a link.
    func makeOutputFolder(below root: AbsolutePath) throws {
        try makeDirectories()
        let resolved = try resolvingLinks()
        let known = try root.resolvingLinks()
        for name in [".git", ".dvc"] where resolved.count(of: name) > known.count(of: name) {
            throw ProjectError.outputBehindLink(string, resolved.string)
        }
    }

    private func count(of name: String) -> Int {
        components.count { $0.elementsEqual(name.utf8) }
    }
}
