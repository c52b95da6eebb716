import DVGit
import DVSystem

/// When Git's hook after a checkout has something to do.
package enum CheckoutHook {
    /// Whether a branch or commit was checked out, and no rebase is at work, which a failure would break.
    ///
    /// `arguments` are those of the hook: the old and new commit, and "1" unless only files were checked out. The
    /// pre-commit tool gives the last one as a variable.
    package static func isWanted(
        arguments: [String],
        in directory: AbsolutePath,
        environment: ProcessEnvironment = .current()
    ) throws -> Bool {
        let flag =
            environment["PRE_COMMIT_CHECKOUT_TYPE"] ?? (arguments.count > 2 ? arguments[2] : nil)
        guard flag == "1", let git = try GitRepository.discover(from: directory) else {
            return flag == "1"
        }
        return try !git.gitDirectory.appending("rebase-merge").exists()
    }
}
