import DVProject

/// Failures of what Git calls.
extension ErrorAccount {
    init(_ error: HookExists) {
        self.init(
            "Hook '\(error.hook)' already exists. Please refer to <https://man.dvc.org/install> for more info.",
            hint: "add this line to the hook: dvswift git-hook \(error.hook) \"$@\""
        )
    }

    init(_ error: MergeFailure) {
        let subject = "unable to auto-merge '\(error.file)'"
        switch error.reason {
        case .stages(let names):
            self.init(
                "\(subject): both sides changed these stages:\n" + Self.list(names),
                hint: "resolve them in '\(error.file)', or take one side and run: dvswift repro"
            )
        case .files(let paths):
            self.init(
                "\(subject): unable to auto-merge the following paths:\n" + Self.list(paths),
                hint: "keep one side's pointer and check it out, or add the merged directory"
            )
        case .other(let cause):
            let account = ErrorAccount(cause)
            self.init("\(subject): \(account.text)", hint: account.hint)
        }
        status = .failure
    }

    init(_ error: PointerMergeError) {
        switch error {
        case .differentOptions:
            self.init("unable to auto-merge outputs with different options")
        case .notDirectories:
            self.init("unable to auto-merge outputs that are not directories")
        case .noProject:
            self.init("it is in no project")
        case .notAdded:
            self.init("unable to auto-merge DVC files that weren't created by `dvc add`")
        }
    }

    private static func list(_ lines: [String]) -> String {
        lines.map { "  " + $0 }.joined(separator: "\n")
    }
}
