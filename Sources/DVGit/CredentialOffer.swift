import Clibgit2
import DVSystem

/// Proves to a server who we are: what the helpers know, offered once; libgit2 asks again if the server refuses it.
final class CredentialOffer {
    private let store: CredentialStore
    private let url: String
    private let host: String
    private var offered: CredentialStore.Credential?
    /// What went wrong while libgit2 was asking.
    private(set) var failure: (any Error)?

    init(_ url: String, _ access: GitAccess) {
        self.url = url
        host = GitAddress(url)?.host ?? url
        store = CredentialStore(access: access)
    }

    /// Tells the helpers how it ended; gives the reason of a failure if it is known here.
    func conclude(isSuccess: Bool) throws {
        if let failure { throw failure }
        if isSuccess, let offered { try store.approve(offered) }
    }

    func next(
        _ credential: UnsafeMutablePointer<UnsafeMutablePointer<git_credential>?>,
        allowed: UInt32
    ) -> Int32 {
        guard allowed & GIT_CREDENTIAL_USERPASS_PLAINTEXT.rawValue != 0 else {
            return GIT_PASSTHROUGH.rawValue
        }
        do {
            let found = try find()
            return git_credential_userpass_plaintext_new(credential, found.user, found.password)
        } catch {
            failure = error
            return GIT_EAUTH.rawValue
        }
    }

    private func find() throws -> CredentialStore.Credential {
        if let offered {
            self.offered = nil
            try store.reject(offered)
            throw GitAccessError.refusedCredentials(host: host, user: offered.user)
        }
        guard let found = try store.fill(url) else {
            throw GitAccessError.noCredentials(host: host)
        }
        offered = found
        return found
    }
}

/// `git_credential_acquire_cb`; the payload is the offer.
func offerCredential(
    _ credential: UnsafeMutablePointer<UnsafeMutablePointer<git_credential>?>?,
    _ url: UnsafePointer<CChar>?,
    _ user: UnsafePointer<CChar>?,
    _ allowed: UInt32,
    _ payload: UnsafeMutableRawPointer?
) -> Int32 {
    guard let credential, let payload else { return GIT_PASSTHROUGH.rawValue }
    let visit = Unmanaged<RemoteVisit>.fromOpaque(payload).takeUnretainedValue()
    return visit.credentials.next(credential, allowed: allowed)
}
