import DVSystem

/// The password and passphrase of an `ssh://` remote on their way to SSH, which takes them from a program only: this one,
/// started again by SSH.
package struct SSHSecrets {
    private static let marker = "DVSWIFT_SSH_ASKPASS"
    private static let passwordVariable = "DVSWIFT_SSH_PASSWORD"
    private static let passphraseVariable = "DVSWIFT_SSH_PASSPHRASE"

    let password: String?
    let passphrase: String?

    /// For the environment of SSH, started by `program`, which is this one; none without a secret.
    func variables(program: String) -> [String: String] {
        guard password != nil || passphrase != nil else { return [:] }
        var variables = [
            Self.marker: "1", "SSH_ASKPASS": program, "SSH_ASKPASS_REQUIRE": "force",
        ]
        variables[Self.passwordVariable] = password
        variables[Self.passphraseVariable] = passphrase
        return variables
    }

    /// Whether SSH has started this process for an answer.
    package static func isAsked(in environment: ProcessEnvironment) -> Bool {
        environment[marker] != nil
    }

    /// Nil for questions of other kinds, such as whether to trust a host: SSH takes that for a no.
    package static func answer(
        to question: String,
        in environment: ProcessEnvironment
    ) -> String? {
        let question = question.lowercased()
        if question.contains("passphrase") { return environment[passphraseVariable] }
        return question.contains("password") ? environment[passwordVariable] : nil
    }
}
