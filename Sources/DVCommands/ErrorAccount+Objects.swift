import DVHashing
import DVObjects
import DVSystem
import DVWorkspace

extension ErrorAccount {
    init(_ error: ObjectError) {
        switch error {
        case .missing(let name):
            self.init("object \(name) is not there", hint: "dvswift fetch")
        case .corrupt(let name, let path, let reason):
            self.init(
                "object \(name) is damaged: \(Self.words(for: reason))",
                hint: "remove '\(path)' and run: dvswift fetch"
            )
        case .unexpectedContent(let name, let actual, _):
            self.init("content of object \(name) is wrong: its digest is \(actual)")
        case .targetExists(let path): self.init("'\(path)' appeared while it was being written")
        case .noLinkPossible(_, let path, let types):
            self.init(
                "'\(path)' cannot be linked to the cache as \(types.map(\.rawValue).joined(separator: ", "))",
                hint: "dvswift config cache.type reflink,copy"
            )
        case .unwritableCache(let cause):
            let account = ErrorAccount(cause)
            self.init("objects cannot be stored: \(account.text)", hint: account.hint)
        }
    }

    init(_ error: WorkspaceError) {
        switch error {
        case .untrackable(let files):
            self.init(
                "these cannot be tracked:\n"
                    + files.map { "  \($0.path): \(Self.words(for: $0.reason))" }.joined(
                        separator: "\n"
                    ),
                hint: "remove them, or list them in .dvcignore"
            )
        case .unsafeCheckout(let conflicts):
            self.init(
                "Can't remove the following unsaved files without confirmation. Use `--force` to force.\n"
                    + conflicts.map(\.path.string).joined(separator: "\n")
            )
        case .missingObjects(let missing):
            self.init(
                "the cache does not have:\n"
                    + missing.map { "  \($0.path)" }.joined(separator: "\n"),
                hint: "dvswift pull"
            )
        case .linkInTheWay(let path):
            self.init("'\(path)' leads out of its tracked directory through a symbolic link")
        case .failedFiles(let files):
            self.init(
                "\(files.count) file\(files.count == 1 ? "" : "s") could not be written:\n"
                    + files.map { "  \($0.path): \(ErrorAccount($0.cause).text)" }
                    .joined(separator: "\n")
            )
        }
    }

    private static func words(for reason: ObjectError.Corruption) -> String {
        switch reason {
        case .truncated: "its file is cut off, or goes on after its end"
        case .undecodable: "it cannot be decoded"
        case .wrongContent(let digest): "the MD5 of its content is \(digest)"
        }
    }

    private static func words(for reason: UntrackableFile.Reason) -> String {
        switch reason {
        case .brokenLink: "a symbolic link to nothing"
        case .linkLoop: "symbolic links that lead to each other"
        case .pipe: "a pipe"
        case .socket: "a socket"
        case .device: "a device"
        case .nameNotUTF8: "its name is not UTF-8"
        case .ignoreFileInside: "a .dvcignore must not be inside of tracked data"
        case .projectInside: "it holds a project of its own (.dvc)"
        }
    }
}
