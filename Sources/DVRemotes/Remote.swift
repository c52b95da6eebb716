import DVHashing
import DVObjects
import DVReporting
import DVSystem

/// A place through which objects are shared.
///
/// Objects are uncompressed content under its digest; how a remote keeps them is its own affair.
package protocol Remote: ObjectCollection, RemoteFiles {
    /// As a user would name it, for messages.
    var location: String { get }

    /// Whether a directory whose listing is there counts as complete, as listings are sent last and collected first.
    ///
    /// For places where asking is slow; others are asked for every file.
    var isTrustingListings: Bool { get }

    /// The files in a folder and the folders below it, as paths from the root of the remote, sorted; none if it is not there.
    ///
    /// For the small files that are kept beside objects, such as the run cache.
    func files(in folder: RelativePath) throws -> [RelativePath]

    /// What one worker thread needs to read and write many such files.
    func connect() throws -> any RemoteFiles

    /// What one worker thread needs to move objects; not shared between threads.
    func makeChannel(to cache: ObjectStore, progress: Progress) throws -> any RemoteChannel

    /// What one worker thread needs to bring contents here that are in no cache; not shared between threads.
    func makeReceiver(progress: Progress) throws -> any RemoteReceiver
}

extension Remote {
    package var isTrustingListings: Bool { false }

    package func connect() throws -> any RemoteFiles { self }
}

/// The small files that are kept beside objects.
package protocol RemoteFiles {
    /// Nil if there is no such file.
    func read(_ file: RelativePath) throws -> [UInt8]?

    /// Makes the file visible when it is complete.
    func write(_ bytes: [UInt8], to file: RelativePath) throws
}

/// Moves single objects between a cache and a remote, on one thread.
package protocol RemoteChannel {
    /// Makes `name` visible on the remote once it is complete and verified. Already there is fine.
    func upload(_ name: ObjectName) throws

    /// Puts `name` into the cache once its content is verified. Already there is fine.
    ///
    /// `scratch` is the cache's: the content of a small object stays in it, and its progress counts the bytes.
    func download(_ name: ObjectName, scratch: ObjectScratch) throws

    /// Reads what is soon to be moved ahead of that, where several small objects at once cost less than each by itself;
    /// gives how many of `names` this was about, at least one.
    ///
    /// What cannot be read so is left to `upload` or `download`, which tell what is wrong. Throws `Interrupted` only.
    func readAhead(
        _ names: ArraySlice<ObjectName>,
        _ direction: TransferDirection,
        scratch: ObjectScratch
    ) throws -> Int
}

extension RemoteChannel {
    package func readAhead(
        _ names: ArraySlice<ObjectName>,
        _ direction: TransferDirection,
        scratch: ObjectScratch
    ) throws -> Int { names.count }
}

package enum TransferDirection: Sendable {
    case upload, download
}

/// Takes contents that come from elsewhere, on one thread.
package protocol RemoteReceiver {
    /// Makes a content visible, complete, under the name that it turns out to have. Already there is fine.
    ///
    /// `open` begins it from its start, each time that it is called.
    func take(_ open: @escaping () throws -> any IncomingContent) throws -> ReceivedObject

    /// The same for a content that is in memory, such as a listing.
    func take(_ bytes: [UInt8], as name: ObjectName) throws
}

/// What a remote has now of a content that it took.
package struct ReceivedObject: Hashable, Sendable {
    package let name: ObjectName
    package let size: Int64

    package init(name: ObjectName, size: Int64) {
        self.name = name
        self.size = size
    }
}
