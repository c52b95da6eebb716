import DVFormats
import DVReporting

/// A secret that was written where everybody can read it.
struct SecretNotice {
    private let key: ConfigKey

    /// Nil if `value` is no secret, or one that stays with its user.
    init?(setting key: ConfigKey, to value: String, level: ConfigLevel?) {
        guard (level ?? .project).isShared,
            key.isSecret || value.withoutPasswords != value
        else { return nil }
        self.key = key
    }

    /// Warns, and names `command` as it keeps the option where it belongs; the secret itself is not repeated.
    func show(of command: String, naming option: String, in session: Session) {
        let what = key.isSecret ? "'\(key)' is a secret" : "'\(key)' holds a password"
        let remedy = key.isSecret ? "--unset \(option)" : "\(option) <address without it>"
        session.reporter.report(
            .warning(
                """
                \(what), and '.dvc/config' is for everybody who has the repository. To keep it in this clone:
                    dvswift \(command) \(remedy)
                    dvswift \(command) --local \(option) <value>
                """
            )
        )
    }
}
