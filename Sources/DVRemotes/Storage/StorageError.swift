/// Why a storage did not do what it was asked.
package struct StorageError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// No connection.
        case unreachable(String)
        /// A program that connects for us gave up, in its own words.
        case notConnected(String)
        /// A connection that broke, or a server that failed this once.
        case interrupted(String)
        /// The server asks to come back later; after how many seconds, if it says.
        case busy(String, after: Int?)
        /// Wrong, missing or expired credentials, or no permission.
        case denied(String)
        /// A certificate or host key that is not trusted.
        case untrusted(String)
        /// No space, or over a quota.
        case full(String)
        /// Credentials or options that are missing or make no sense.
        case misconfigured(String)
        /// Something this kind of storage cannot do.
        case unsupported(String)
        /// A program or library that has to be installed, and Debian's package with it.
        case notInstalled(String, package: String)
        /// All else, in the server's words.
        case refused(String)
    }

    package let reason: Reason
    /// What was asked for, without secrets.
    package let address: String

    package init(_ reason: Reason, at address: String) {
        self.reason = reason
        self.address = address
    }

    /// Whether the same request may succeed a little later.
    package var isTransient: Bool {
        switch reason {
        case .unreachable, .interrupted, .busy: true
        default: false
        }
    }

    /// Whether no other file of the storage would fare better.
    package var concernsAll: Bool {
        switch reason {
        case .unreachable, .notConnected, .denied, .untrusted, .full, .misconfigured, .notInstalled:
            true
        default: false
        }
    }
}
