/// Options that do not go together, found after parsing; reported as DVC reports them, not as a usage error.
struct InvalidUse: Error {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
