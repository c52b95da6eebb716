import DVProject

extension ErrorAccount {
    init(_ error: OriginError) {
        switch error {
        case .noRepository(let url):
            self.init("Failed to clone repo '\(url)': No git repository was found at \(url)")
        case .withoutGit(let url):
            self.init(
                "Only supported for Git repositories: '\(url)' is a project without Git, so it has no revisions",
                hint: "dvswift get copies what it has now, import-url tracks a copy"
            )
        case .unreachable(let url, let cause):
            self.init("Failed to clone repo '\(url)': \(ErrorAccount(cause).text)")
        case .noCommits(let url): self.init("repository '\(url)' has no commits yet")
        case .noPath(let path, let url, let revision):
            self.init(
                "'\(path)' does not exist in '\(url)' at \(revision.prefix(7)): neither Git nor DVC tracks it there",
                hint: "commit it there, or choose another revision with --rev",
                status: .other
            )
        case .foreignPath(let path, let url):
            self.init("'\(path)' is not a path inside of the repository '\(url)'", status: .other)
        case .notTracked(let path, _):
            self.init("Unable to find DVC file with output '\(path)'", status: .other)
        case .destinationExists(let path, let isDirectory):
            self.init(
                "The \(isDirectory ? "directory" : "file") '\(path)' already exists locally. \nTo override it, re-run with '--force'."
            )
        case .isPointerFile:
            self.init(
                "the given path is a DVC file, you must specify a data file or a directory"
            )
        case .sourceMissing(let path): self.init("The path '\(path)' does not exist")
        default: self = Self.ofUpdate(error)
        }
    }

    private static func ofUpdate(_ error: OriginError) -> ErrorAccount {
        switch error {
        case .dependencyMissing(let path):
            ErrorAccount("dependency '\(path)' does not exist")
        case .noStorage(let url):
            ErrorAccount("'\(url)' does not have it in a cache here and names no remote")
        case .endlessChain(let url):
            ErrorAccount("the import from '\(url)' leads back to itself")
        case .notAnImport(let path):
            ErrorAccount(
                "'\(path)' is not an import, so there is nothing to update it from",
                hint: "dvswift add tracks changed data"
            )
        case .notUpdatableOnRemote:
            ErrorAccount(
                "Data imported from other DVC or Git repositories can't be updated with --to-remote"
            )
        case .localChanges(let paths):
            ErrorAccount(
                "Can't remove the following unsaved files without confirmation.\n"
                    + paths.joined(separator: "\n"),
                hint: "move them away, or give them up with dvswift checkout -f <path>"
            )
        case .artifactNotFound(let name, let choice):
            switch choice {
            case .newest: ErrorAccount("Unable to find artifact '\(name)'")
            case .version(let text), .stage(let text):
                ErrorAccount("Unable to find artifact '\(name) @ \(text)'")
            }
        case .invalidOptions(let problem): ErrorAccount(problem)
        default: ErrorAccount("unexpected error - \(error)")
        }
    }
}
