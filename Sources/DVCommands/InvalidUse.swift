/// Options that do not go together, found after parsing; reported as DVC reports them, not as a usage error.
struct InvalidUse: Error {
    let message: String
    let status: ExitStatus
    let hint: String?

    init(_ message: String, status: ExitStatus = .failure, hint: String? = nil) {
        self.message = message
        self.status = status
        self.hint = hint
    }
}
