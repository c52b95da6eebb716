import DVPipeline
import DVProject
import DVSystem

extension ErrorAccount {
    init(_ error: ProjectError) {
        switch error {
        case .notAProject:
            self.init(
                "you are not inside of a DVC repository (checked up to mount point '/')",
                hint: "dvswift init",
                status: .notAProject
            )
        case .projectMissing(let folder):
            self.init("directory '\(folder)' does not exist", status: .notAProject)
        case .configuration(let error):
            self.init(
                "configuration error - config file error: \(error.text)",
                status: .configuration
            )
        case .invalidSetting(let problem):
            self.init(
                "configuration error - config file error: \(problem)",
                status: .configuration
            )
        case .noRemote(let root):
            self.init(
                "config file error: no remote specified in \(root). Create a default remote with\n    dvc remote add -d <remote name> <remote url>",
                hint: "dvswift remote add -d <remote name> <directory>"
            )
        case .unknownRemote(let name, let known):
            self.init(
                "config file error: remote '\(name)' doesn't exist",
                hint: known.isEmpty
                    ? "dvswift remote add \(name) <directory>"
                    : "dvswift remote list shows: \(known.joined(separator: ", "))"
            )
        case .unsupportedScheme(let url, let scheme):
            self.init(
                "'\(url)': there is no storage of kind '\(scheme)'",
                hint: "a directory, s3://, ssh://, webdav://, http://, or rclone:NAME:path"
            )
        case .versions(let problem): self.init(problem)
        case .invalidLayout(let remote, let value):
            self.init(
                "configuration error - remote '\(remote)': layout '\(value)' is not one of plain, encoded",
                status: .configuration
            )
        default: self = Self.ofWork(error)
        }
    }

    /// Failures of commands that are at work in a project, and of `init`.
    private static func ofWork(_ error: ProjectError) -> ErrorAccount {
        switch error {
        case .alreadyAProject:
            ErrorAccount("'.dvc' exists. Use `-f` to force.")
        case .noGitRepository(let directory):
            ErrorAccount(
                "\(directory) is not tracked by any supported SCM tool (e.g. Git). Use `--no-scm` if you don't want to use any SCM or `--subdir` if initializing inside a subdirectory of a parent SCM repository."
            )
        case .isIgnoredByGit(let path):
            ErrorAccount(
                "\(path) is ignored by your SCM tool. \nMake sure that it's tracked, for example, by adding '!.dvc' to .gitignore."
            )
        case .subdirectoryWithoutGit:
            ErrorAccount("Cannot initialize repo with `--no-scm` and `--subdir`", status: .other)
        case .unknownRevision(let revision):
            ErrorAccount("unknown Git revision '\(revision)'", hint: "git log --oneline --all")
        case .ambiguousRevision(let name, let baselines):
            ErrorAccount(
                "ambiguous Git revision '\(name)': experiments of the commits \(baselines.joined(separator: ", ")) have that name",
                hint: "git for-each-ref 'refs/exps/**/\(name)'"
            )
        case .noHistory(let root):
            ErrorAccount("'\(root)' is not in a Git repository, so it has no revisions")
        case .noMatch(let pattern):
            ErrorAccount("Glob '\(pattern)' has no matches")
        case .notAStageFile(let target, let suggestion):
            ErrorAccount(
                "'\(target)' is not a .dvc file."
                    + (suggestion.map { " Do you mean '\($0)'?" } ?? "")
            )
        case .ignoredStageFile(let path):
            ErrorAccount("bad DVC file name '\(path)' is git-ignored.")
        case .stageBusy(let path, let process, let command):
            self.init(
                "'\(path)' is busy: this command was started by process \(process) (\(command)), which uses it",
                hint: "run stages that share paths one after the other, not one inside the other"
            )
        case .dependencyMissing(let path):
            ErrorAccount(StageError.dependencyMissing(path))
        case .stageExists(let name, let file):
            ErrorAccount("Stage '\(name)' already exists in '\(file)'. Use '--force' to overwrite.")
        case .invalidStageName:
            ErrorAccount(
                "Stage name cannot contain punctuation characters, other than '_' and '-'."
            )
        case .commandMissing: ErrorAccount("command is not specified")
        case .parametrizedStage(let stage, let file, let isRemoval):
            ErrorAccount(
                "cannot \(isRemoval ? "remove" : "dump") a parametrized stage: '\(stage)'",
                hint: "edit '\(file)' by hand"
            )
        case .stageDirectory(let path, let problem):
            ErrorAccount("stage working dir '\(path)' \(problem.words)")
        default: ofData(error)
        }
    }

    /// Failures that concern tracked data.
    private static func ofData(_ error: ProjectError) -> ErrorAccount {
        switch error {
        case .notInListing(let path, let output):
            ErrorAccount("'\(path)' is not in the tracked directory '\(output)'")
        case .targetMissing(let path):
            ErrorAccount("No such file or directory: '\(path)': not tracked", status: .other)
        case .pathMissing(let path): ErrorAccount("No such file or directory: '\(path)'")
        case .outputMissing(let path):
            ErrorAccount("output '\(path)' does not exist: No such file or directory")
        case .outputOutsideProject(let path):
            ErrorAccount(
                "Cached output(s) outside of DVC project: \(path). See <https://dvc.org/doc/user-guide/data-management/importing-external-data> for more info."
            )
        case .outputOverlapsStage(let output, let stage, let file):
            ErrorAccount(
                "cannot update '\(output)': overlaps with an output of stage: '\(stage)' in '\(file)'.\nRun the pipeline or use 'dvc commit' to force update it."
            )
        case .outputsOverlap(let new, let tracked, let pointer):
            ErrorAccount(
                "Cannot add '\(new)', because it is overlapping with other DVC tracked output: '\(tracked)'.\nTo include '\(tracked)' in '\(new)', run 'dvc remove \(pointer)' and then 'dvc add \(new)'"
            )
        case .trackedByGit(let path):
            ErrorAccount(
                " output '\(path)' is already tracked by SCM (e.g. Git).\n    You can remove it from Git, then add to DVC.\n        To stop tracking from Git:\n            git rm -r --cached '\(path)'\n            git commit -m \"stop tracking \(path)\" "
            )
        case .inSubmodule(let path, let submodule):
            ErrorAccount(
                "'\(path)' is in the Git submodule '\(submodule)', so the pointer could not be committed here",
                hint: "track it from within the submodule: cd '\(submodule)'"
            )
        case .ignoredByRules(let path): ErrorAccount("Path '\(path)' is ignored by .dvcignore")
        case .destinationExists(let path):
            ErrorAccount(
                "The file '\(path)' already exists locally.",
                hint: "use -f to overwrite it"
            )
        case .isProjectFile(let path):
            ErrorAccount("'\(path)' belongs to the project itself and cannot be tracked")
        case .changesNotConfirmed(let stage):
            ErrorAccount("unable to commit changed stage: '\(stage)'. Use `-f|--force` to force.")
        case .unsavedFiles(let paths):
            ErrorAccount(
                "Can't remove the following unsaved files without confirmation. Use `--force` to force.\n"
                    + paths.map(\.string).joined(separator: "\n")
            )
        case .checkoutFailed(let paths):
            ErrorAccount(
                "Checkout failed for following targets:\n\(paths.joined(separator: "\n"))\nIs your cache up to date?",
                hint: "dvswift pull"
            )
        case .linksNeedPlainObjects(let link):
            ErrorAccount(
                "files of the workspace may be links of type '\(link.rawValue)' to objects of the cache (cache.type)",
                hint: "dvswift config cache.type reflink,copy && dvswift checkout --relink"
            )
        case .notInRemote(let paths):
            ErrorAccount(
                "the remote does not have these, or not intact, so nothing was removed:\n"
                    + paths.map { "  \($0)" }.joined(separator: "\n"),
                hint: "dvswift push"
            )
        case .listingsUnknown(let paths):
            ErrorAccount(
                "it is not known what these directories hold, so nothing was removed:\n"
                    + paths.map { "  \($0)" }.joined(separator: "\n"),
                hint: "dvswift fetch, or use --skip-failed"
            )
        case .transferFailed(let direction, let problems): transfer(direction, problems)
        default: ofOutput(error)
        }
    }

    /// Outputs at places where they must not be.
    private static func ofOutput(_ error: ProjectError) -> ErrorAccount {
        switch error {
        case .outputIsProjectFile(let path):
            ErrorAccount("DVC file '\(path)' cannot be an output.")
        case .outputIsNoPath(let text, let stage):
            ErrorAccount(
                "output '\(text.replacing("\0", with: "\\0"))' of '\(stage)' is not a path of a file or a folder",
                hint: text.contains("://")
                    ? "outputs in remote storage are not supported: keep them in the project" : nil
            )
        case .trackedAsFile(let path):
            ErrorAccount("Cannot modify '\(path)' which is being tracked as a file")
        case .legacyDirectory(let path):
            ErrorAccount(
                "entries of '\(path)' cannot be changed one by one: DVC 2 recorded it",
                hint: "dvswift pull \(path), then dvswift add \(path)"
            )
        case .outputBehindLink(let path, let resolved):
            ErrorAccount("nothing is written to '\(path)': symbolic links lead to '\(resolved)'")
        default: ErrorAccount("unexpected error - \(error)")
        }
    }

    private static func transfer(
        _ direction: ProjectError.Transfer,
        _ problems: [TransferProblem]
    ) -> ErrorAccount {
        let verb = direction == .upload ? "pushed" : "fetched"
        let lines = problems.sorted { $0.path < $1.path }.map { problem in
            "  \(problem.path): \(problem.error.map { ErrorAccount($0).text } ?? problem.name.text)"
        }
        let count = problems.count
        return ErrorAccount(
            "\(count) file\(count == 1 ? "" : "s") could not be \(verb):\n"
                + lines.joined(separator: "\n"),
            hint: direction == .upload
                ? "dvswift status --cloud"
                : "dvswift push, in a clone that has them, or dvswift verify -r <remote> --repair"
        )
    }
}

extension StageDirectoryProblem {
    fileprivate var words: String {
        switch self {
        case .missing: "does not exist"
        case .notDirectory: "is not directory"
        case .outside: "is outside of DVC repo"
        }
    }
}
