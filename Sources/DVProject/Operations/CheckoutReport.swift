import DVWorkspace

/// What a checkout did, by output and by file.
package struct CheckoutReport: Sendable {
    package struct Counts: Sendable {
        package var added = 0
        package var modified = 0
        package var deleted = 0
    }

    /// Outputs as a user would write them, folders with a trailing slash and first.
    package var added: [String] = []
    package var modified: [String] = []
    package var deleted: [String] = []
    /// Files.
    package var counts = Counts()
    /// Outputs that the cache does not have, untouched.
    package var failed: [String] = []
    /// Files that could not be made; all others are.
    var failures: [FailedFile] = []

    /// Throws `ProjectError.checkoutFailed` if something is missing.
    package func throwIfIncomplete() throws {
        if !failed.isEmpty { throw ProjectError.checkoutFailed(failed) }
    }
}

extension CheckoutReport {
    /// Takes an output over, once.
    mutating func note(_ kind: CheckoutPlan.Kind, _ output: String) {
        switch kind {
        case .added: if !added.contains(output) { added.append(output) }
        case .modified: if !modified.contains(output) { modified.append(output) }
        case .deleted: if !deleted.contains(output) { deleted.append(output) }
        }
    }

    /// Folders first, each kind by path.
    mutating func sort() {
        func order(_ left: String, _ right: String) -> Bool {
            let kinds = (left.hasSuffix("/"), right.hasSuffix("/"))
            return kinds.0 == kinds.1 ? left < right : kinds.0
        }
        added.sort(by: order)
        modified.sort(by: order)
        deleted.sort(by: order)
    }
}
