import DVProject
import DVReporting

/// Which files a user should now give to Git; silent when they are staged already.
struct StagingView {
    private let touched: TouchedFiles
    private let hasHint: Bool

    /// DVC has no hint after some commands; scripts compare their output.
    init(_ touched: TouchedFiles, hasHint: Bool = true) {
        self.touched = touched
        self.hasHint = hasHint
    }

    func show(on reporter: any Reporter) {
        switch touched.commit {
        case .made(let id, let summary):
            reporter.report(.answer("Committed \(id.prefix(7)) to Git: \(summary)"))
        case .nothingToCommit:
            reporter.report(.answer("Nothing to commit to Git: it has the pointers like this."))
        case nil: break
        }
        guard hasHint, touched.needsHint, !touched.paths.isEmpty else { return }
        let paths = touched.paths.map(Self.quoted).joined(separator: " ")
        reporter.report(.answer("\nTo track the changes with git, run:\n\n\tgit add \(paths)"))
        reporter.report(
            .answer("\nTo enable auto staging, run:\n\n\tdvswift config core.autostage true")
        )
    }

    /// Quoted for a POSIX shell where needed.
    private static func quoted(_ path: String) -> String {
        let safe = path.utf8.allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "_@%+=:,./-".utf8.contains($0)
            }
        }
        if safe && !path.isEmpty { return path }
        let escaped = path.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "'\"'\"'")
        return "'\(escaped)'"
    }
}
