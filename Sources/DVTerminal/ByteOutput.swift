import Glibc

/// Standard output for content that is not text.
package struct ByteOutput {
    private let stream = OutputStream(descriptor: STDOUT_FILENO)

    /// A reader that goes away shows as a failed write, not as a signal.
    package init() { signal(SIGPIPE, SIG_IGN) }

    /// Writes all of `bytes`; false if the reader has gone away.
    package func write(_ bytes: UnsafeRawBufferPointer) -> Bool { stream.write(bytes) }
}
