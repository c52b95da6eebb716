import DVSystem

/// Git's credential helpers, asked through Git itself: it knows their settings, and asks the user if it may.
struct CredentialStore {
    let access: GitAccess

    /// A user name and a password, with all that the helpers said; they want it back.
    struct Credential {
        let user: String
        let password: String
        fileprivate let description: String
    }

    /// Nil if nobody knows, or Git is not installed.
    func fill(_ url: String) throws -> Credential? {
        // A line end in the address would be a line of the protocol.
        guard !url.utf8.contains(where: { $0 < 0x20 }),
            let answer = try ask("fill", "url=\(url)\n")
        else { return nil }
        var values: [Substring: String] = [:]
        for line in answer.split(separator: "\n") {
            let pair = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { values[pair[0]] = String(pair[1]) }
        }
        guard let user = values["username"], let password = values["password"] else { return nil }
        return Credential(user: user, password: password, description: answer)
    }

    /// Lets helpers remember what the server took.
    func approve(_ credential: Credential) throws { _ = try ask("approve", credential.description) }

    /// Lets helpers forget what the server did not take.
    func reject(_ credential: Credential) throws { _ = try ask("reject", credential.description) }

    private func ask(_ action: String, _ text: String) throws -> String? {
        let git: Conversation
        do throws(SystemError) {
            git = try access.converse(["git", "credential", action])
        } catch {
            guard error.code == .noSuchFileOrDirectory else { throw error }
            return nil
        }
        try Array((text + "\n").utf8).withUnsafeBytes { try git.write($0) }
        git.closeInput()
        let answer = try git.readToEnd()
        return git.end().isSuccess ? String(decoding: answer, as: UTF8.self) : nil
    }
}
