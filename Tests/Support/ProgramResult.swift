import DVSystem
import Glibc
import Synchronization

/// How a program ended and what it wrote.
package struct ProgramResult: Sendable {
    package let arguments: [String]
    package let reason: ExitReason
    package let output: String
    package let errors: String

    /// The exit status, or the negative number of the signal.
    package var status: Int32 { reason.code }
}

extension ProgramResult {
    /// Itself; throws `UnexpectedResult` if the program failed.
    @discardableResult
    package func checkingSuccess() throws -> ProgramResult {
        guard reason.isSuccess else { throw UnexpectedResult(result: self) }
        return self
    }
}

extension ProgramResult: CustomStringConvertible {
    package var description: String {
        """
        \(arguments.joined(separator: " "))
        ended with \(status)
        --- output
        \(output)--- errors
        \(errors)---
        """
    }
}

/// A program that had to succeed did not.
package struct UnexpectedResult: Error, CustomStringConvertible {
    package let result: ProgramResult

    package var description: String { result.description }
}

extension ProgramResult {
    /// Runs a program to its end; one that hangs for `timeout` seconds is killed, and `Interrupted` is thrown.
    package static func running(
        _ arguments: [String],
        environment: [String],
        in directory: AbsolutePath,
        timeout: Int = 180
    ) throws -> ProgramResult {
        let streams = Mutex((output: "", errors: ""))
        let deadline = ContinuousClock.now + .seconds(timeout)
        var request = ChildRequest(
            arguments,
            environment: environment,
            in: directory,
            output: .lines { lines, isError in
                let text = lines.map { $0 + "\n" }.joined()
                streams.withLock { streams in
                    if isError {
                        streams.errors += text
                    } else {
                        streams.output += text
                    }
                }
            }
        )
        request.interruption = { ContinuousClock.now < deadline ? nil : SIGKILL }
        let reason = try ChildProcess.run(request)
        let written = streams.withLock { $0 }
        return ProgramResult(
            arguments: arguments,
            reason: reason,
            output: written.output,
            errors: written.errors
        )
    }
}
