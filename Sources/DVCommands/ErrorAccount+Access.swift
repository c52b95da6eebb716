import DVGit

extension ErrorAccount {
    /// Another machine that does not let us in, or is not who it says.
    init(_ error: GitAccessError) {
        switch error {
        case .noCredentials(let host):
            self.init(
                "\(host) asks for a user name and a password, and neither a credential helper of Git nor the user gives one",
                hint:
                    "git credential approve, or set up a helper: git config --global credential.helper store"
            )
        case .refusedCredentials(let host, let user):
            self.init(
                "\(host) refuses the password or token of '\(user)'; Git's credential helpers were told to forget it",
                hint:
                    "run the command again and enter it anew, or correct it where your helper keeps it"
            )
        case .untrustedCertificate(let host, let reason):
            self.init(
                "the certificate of \(host) is not trusted: \(reason)",
                hint: "if you know who signed it: git config --global http.sslCAInfo <file>"
            )
        case .connectionFailed(let host, let message):
            let reason = Self.lastLines(of: message)
            self.init(
                "cannot read from \(host) over SSH: \(reason)",
                hint: "see whether it works by hand: ssh \(host)"
            )
        }
    }

    /// What a program said, on one line.
    private static func lastLines(of message: String) -> String {
        let lines = message.split { $0.isNewline }.map { line in
            String(line).trimmed
        }
        return lines.filter { !$0.isEmpty }.suffix(4).joined(separator: "; ")
    }
}

extension String {
    fileprivate var trimmed: String {
        String(
            drop(while: { $0.isWhitespace }).reversed().drop(while: { $0.isWhitespace }).reversed()
        )
    }
}
