import DVGit
import DVProject

/// Failures of commands that move, release or remove tracked data.
extension ErrorAccount {
    /// Nil for errors of other kinds.
    init?(ofFiles error: any Error) {
        switch error {
        case let error as MoveError: self = Self.move(error)
        case let error as FreezeError: self = Self.freeze(error)
        case let error as UnprotectError:
            self.init("can't unprotect non-existing data '\(error.target)'", status: .other)
        case let error as GitCommitRefusal: self = Self.commit(error)
        case is DestroyRefused:
            self.init("cannot destroy without a confirmation from the user. Use `-f` to force.")
        default: return nil
        }
    }

    private static func move(_ error: MoveError) -> ErrorAccount {
        switch error {
        case .notTracked(let path):
            ErrorAccount(
                "Unable to find DVC file with output '\(path)'",
                hint: "dvswift move takes whole tracked files or directories"
            )
        case .notDataSource(let stage):
            ErrorAccount(
                "move is not permitted for stages that are not data sources. You need to either move '\(stage)' to a new location and edit it by hand, or remove '\(stage)' and create a new one at the desired location."
            )
        case .destinationExists(let path):
            ErrorAccount("'\(path)' exists already", hint: "move never overwrites: remove it first")
        case .pointerExists(let path):
            ErrorAccount("'\(path)' already exists", hint: "dvswift remove '\(path)'")
        case .isInsideItself(let path):
            ErrorAccount("'\(path)' is inside the directory that is to be moved")
        case .holdsMountPoint(let path):
            ErrorAccount(
                "'\(path)' is a mounted file system, which cannot go to another disk",
                hint: "unmount it, or copy what it holds and run dvswift add there"
            )
        }
    }

    private static func commit(_ error: GitCommitRefusal) -> ErrorAccount {
        switch error {
        case .noIdentity(let missing):
            ErrorAccount(
                "cannot commit to Git: its settings do not say who you are ('\(missing)' is not set)",
                hint: "git config --global \(missing) \"…\""
            )
        case .emptyMessage: ErrorAccount("the commit message is empty")
        case .unfinished(let what):
            ErrorAccount(
                "cannot commit some files only while a \(what) is unfinished",
                hint: "finish it with git commit, or run the command without -m"
            )
        }
    }

    private static func freeze(_ error: FreezeError) -> ErrorAccount {
        let verb = error.isFreezing ? "freeze" : "unfreeze"
        let lines = error.failures.map {
            "failed to \(verb) '\($0.target)' - \(ErrorAccount($0.error).text)"
        }
        return ErrorAccount(lines.joined(separator: "\n"), hint: "dvswift stage list --all")
    }
}
