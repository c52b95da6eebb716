import DVHashing
import DVSystem

/// Why an object could not be stored or brought back.
package enum ObjectError: Error, Hashable, Sendable {
    case missing(ObjectName)
    /// The stored object is not what its name says. It is never linked or copied anywhere.
    case corrupt(ObjectName, path: AbsolutePath, reason: Corruption)
    /// A source that had to be `name` is something else; nothing was stored.
    case unexpectedContent(ObjectName, actual: Digest, size: Int64)
    /// Something is at the target, and replacing it was not asked for.
    case targetExists(AbsolutePath)
    /// None of the configured link types works between the cache and the target.
    case noLinkPossible(ObjectName, AbsolutePath, [LinkType])
    /// The cache cannot be written: full, read-only or not permitted.
    case unwritableCache(SystemError)

    package enum Corruption: Hashable, Sendable {
        /// The file ends early, or goes on after its end.
        case truncated
        /// The codec cannot decode it.
        case undecodable
        /// It decodes, to other content.
        case wrongContent(Digest)
    }
}

/// Runs the writing part of an insertion, so that its failures name the cache.
func writingCache<Result: ~Copyable>(
    _ body: () throws(SystemError) -> Result
) throws(ObjectError) -> Result {
    do throws(SystemError) {
        return try body()
    } catch {
        throw .unwritableCache(error)
    }
}
