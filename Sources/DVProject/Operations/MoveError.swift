import DVPipeline
import DVSystem

/// Why tracked data cannot be moved.
package enum MoveError: Error, Sendable {
    /// Nothing tracks `path` as a whole.
    case notTracked(String)
    /// The output belongs to a stage with a command.
    case notDataSource(stage: String)
    case destinationExists(String)
    case pointerExists(String)
    case isInsideItself(String)
    /// Data on its way to another file system has a third one in it, or is one.
    case holdsMountPoint(String)
}
