import DVFormats
import DVGit
import DVHashing
import DVObjects
import DVPipeline
import DVProject
import DVRemotes
import DVSystem
import DVWorkspace

/// A failure in words: what failed, why, what to do next, and the exit code.
///
/// The only place that translates errors.
struct CommandError {
    let message: String
    let hint: String?
    let status: ExitStatus

    /// `report` gives the words and code of the command that failed; a few failures have codes of their own.
    init(_ error: any Error, in report: FailureReport) {
        let account = ErrorAccount(error)
        let unwritable = Self.isUnwritable(error) ? report.unwritable : nil
        let remoteStatus = Self.isAboutRemote(error) ? report.remoteStatus : nil
        status = account.status ?? unwritable ?? remoteStatus ?? report.status
        hint = account.hint
        let isPrefixed = report.prefix != nil && account.status == nil
        let text = isPrefixed ? "\(report.prefix ?? "") - \(account.text)" : account.text
        message = text.withoutPasswords
    }

    private static func isAboutRemote(_ error: any Error) -> Bool {
        switch error {
        case ProjectError.unknownRemote, ProjectError.noRemote: true
        default: false
        }
    }
}

extension CommandError {
    /// Whether the cache is to blame: its disk is full or read-only.
    private static func isUnwritable(_ error: any Error) -> Bool {
        if case ObjectError.unwritableCache = error { true } else { false }
    }
}

/// What is to be said of an error.
struct ErrorAccount {
    var text: String
    var hint: String?
    /// Nil means the code of the command.
    var status: ExitStatus?

    init(_ text: String, hint: String? = nil, status: ExitStatus? = nil) {
        self.text = text
        self.hint = hint
        self.status = status
    }

    init(_ error: any Error) {
        switch error {
        case let error as ProjectError: self.init(error)
        case let error as OriginError: self.init(error)
        case let error as TargetError: self.init(error)
        case let error as FormatError: self.init(error.text)
        case let error as TemplateError: self.init(error)
        case let error as GraphError: self.init(error.message)
        case let error as SelectionError: self.init(error.message, hint: error.hint)
        case let error as ReproductionError: self.init(error)
        case let error as ClaimError: self.init(error)
        case let error as DatasetError: self.init(error)
        case let error as StageError: self.init(error.description, hint: error.hint)
        case let error as ObjectError: self.init(error)
        case let error as StorageError: self.init(error)
        case let error as SourceError: self.init(error)
        case let error as WorkspaceError: self.init(error)
        case let error as GitError: self.init(error)
        case let error as GitAccessError: self.init(error)
        case let error as SystemError: self.init(error)
        case let error as InvalidUse:
            self.init(error.message, hint: error.hint, status: error.status)
        case is Interrupted: self.init("interrupted by the user", status: .interrupted)
        case let error as HistoryError: self.init(error)
        case let error as HookExists: self.init(error)
        case let error as MergeFailure: self.init(error)
        case let error as PointerMergeError: self.init(error)
        default:
            self =
                ErrorAccount(ofFiles: error) ?? ErrorAccount(ofPlots: error)
                ?? ErrorAccount("unexpected error - \(error)")
        }
    }
}

extension StageError {
    fileprivate var hint: String? {
        switch self {
        case .datasetUnknown(_, let nearest?): "did you mean 'ds://\(nearest)'?"
        case .datasetNotLocked(let name, _): "dvswift dataset update \(name)"
        case .dependencyMissing(let path): WildcardAdvice.text(for: path)
        default: nil
        }
    }
}

extension SelectionError {
    fileprivate var hint: String? {
        guard case .stageNotFound(_, _, let nearest?) = self else { return nil }
        return "did you mean '\(nearest)'?"
    }
}

extension FormatError {
    /// File, place, key and problem in one sentence; several problems on lines of their own.
    var text: String {
        guard others.isEmpty else {
            let lines = ([self] + others).map { "\n  \($0.place): \($0.problem)" }
            return "'\(file)' is invalid: \(lines.count) problems:" + lines.joined()
        }
        return place.isEmpty
            ? "'\(file)': \(problem)" : "'\(file)' is invalid: \(place): \(problem)"
    }

    private var place: String {
        [
            line.map { "line \($0)" }, column.map { "column \($0)" }, key.map { "'\($0)'" },
        ]
        .compactMap(\.self)
        .joined(separator: ", ")
    }
}

extension ErrorAccount {
    fileprivate init(_ error: TargetError) {
        switch error.cause {
        case .stageNotFound(let name, let file, let nearest) where name == error.target:
            self.init(
                "'\(name)' does not exist as an output or a stage name in '\(file)': \(error.cause.message)",
                hint: nearest == nil ? "dvswift stage list --all" : error.cause.hint
            )
        case .fileNotFound("dvc.yaml") where error.target != "dvc.yaml":
            self.init(
                "'\(error.target)' does not exist as an output or a stage name in 'dvc.yaml': 'dvc.yaml' does not exist"
            )
        default: self.init(error.cause.message, hint: error.cause.hint)
        }
    }

    fileprivate init(_ error: ReproductionError) {
        guard !error.areReported, error.failures.count == 1, let failure = error.failures.first
        else {
            self.init(error.message)
            return
        }
        let cause = ErrorAccount(failure.error)
        self.init("\(error.message): \(cause.text)", hint: cause.hint)
    }

    fileprivate init(_ error: SourceError) {
        switch error {
        case .changedWhileRead(let path):
            self.init(
                "'\(path)' changed while it was read; nothing was recorded",
                hint: "run the command again when nothing writes to it"
            )
        case .notRegularFile(let path): self.init("'\(path)' is not a regular file")
        }
    }

    fileprivate init(_ error: GitError) {
        if error.isLocked {
            self.init(
                error.description,
                hint:
                    "wait for the other Git command; if none runs, remove index.lock in the .git folder"
            )
        } else if error.isForeign {
            self.init(
                error.description,
                hint: "git config --global --add safe.directory '\(error.path)'"
            )
        } else {
            self.init(error.description)
        }
    }

    fileprivate init(_ error: SystemError) {
        switch error.code {
        case .noSpace:
            self.init(error.description, hint: "free some space and run the command again")
        case .permissionDenied, .notPermitted:
            self.init(
                error.description,
                hint: "check who owns it and its mode: ls -ld '\(Self.existing(error.path))'"
            )
        default: self.init(error.description)
        }
    }

    /// The path, or the nearest folder above it that is there: what could not be made has no mode.
    private static func existing(_ path: String) -> String {
        guard var candidate = AbsolutePath(path) else { return path }
        while !candidate.isRoot {
            do throws(SystemError) {
                if try candidate.exists() { break }
            } catch {
                // Behind a folder that may not be searched: that one is to blame.
                candidate = candidate.parent
                continue
            }
            candidate = candidate.parent
        }
        return candidate.string
    }
}
