import DVProject

/// Failures of commands that look into the past.
extension ErrorAccount {
    init(_ error: HistoryError) {
        switch error {
        case .notTracked(let path, let revision?):
            self.init(
                "'\(path)' is neither tracked nor in Git at '\(revision)'",
                hint: "dvswift log '\(path)'"
            )
        case .notTracked(let path, nil):
            self.init("'\(path)' is not tracked, and no commit tracked it")
        case .isDirectory(let path):
            self.init("'\(path)' is a directory: name a file in it")
        case .noUse(let object):
            self.init("no commit of a branch or tag uses the object \(object)")
        }
    }
}
