import SystemPackage

/// A failed system call: what was attempted, on what, and the kernel's reason.
package struct SystemError: Error, Hashable, Sendable {
    /// A verb phrase that completes "cannot …": "open", "rename".
    package let operation: String
    /// The path concerned; invalid UTF-8 is shown with replacement characters.
    package let path: String
    package let code: Errno

    package init(_ operation: String, _ path: String, code: Errno) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    /// Captures the `errno` of the call that just failed.
    package static func last(_ operation: String, _ path: String) -> SystemError {
        SystemError(operation, path, code: .current)
    }
}

extension SystemError: CustomStringConvertible {
    package var description: String { "cannot \(operation) '\(path)': \(code)" }
}

extension Errno {
    /// The calling thread's `errno`.
    package static var current: Errno { Errno(rawValue: systemErrno()) }
}
