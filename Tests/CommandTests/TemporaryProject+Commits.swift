import DVTestSupport

extension TemporaryProject {
    /// Commits everything.
    func commit(_ message: String) throws {
        try run(.git, "add", "--all")
        try run(.git, "commit", "--quiet", "--message", message)
    }
}
