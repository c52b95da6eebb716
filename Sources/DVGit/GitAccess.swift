import DVSystem

/// What is needed to reach repositories on other machines as Git does: the user's settings, helpers and programs.
package struct GitAccess: Sendable {
    let environment: ProcessEnvironment
    /// Where programs are started.
    let directory: AbsolutePath

    package init(environment: ProcessEnvironment, in directory: AbsolutePath) {
        self.environment = environment
        self.directory = directory
    }

    func converse(_ arguments: [String]) throws(SystemError) -> Conversation {
        try Conversation(arguments, environment: environment.entries(setting: []), in: directory)
    }
}

/// Why another machine does not let us read a repository.
package enum GitAccessError: Error, Sendable {
    /// The server asks who we are, and neither a credential helper nor the user told.
    case noCredentials(host: String)
    /// The server does not take the user name or password.
    case refusedCredentials(host: String, user: String)
    /// The certificate of the server is not signed by anybody who is trusted, or is not for this server.
    case untrustedCertificate(host: String, reason: String)
    /// The program for SSH failed, with what it said.
    case connectionFailed(host: String, message: String)
}
