import DVHashing
import DVSystem

/// What became of one tracked path between two moments.
struct TrackedChange: Sendable {
    enum Kind: Sendable {
        case added, deleted, modified, unchanged
        /// The other side has a listing that the cache lacks, so nobody can tell.
        case unknown
    }

    let kind: Kind
    let path: RelativePath
    let old: ObjectName?
    let new: ObjectName?

    /// As a status prints it: what it is now decides whether it is a folder.
    var shown: String { Self.shown(path, isFolder: (new ?? old)?.isListing ?? false) }

    /// A path as DVC prints it: folders end with a slash.
    static func shown(_ path: RelativePath, isFolder: Bool) -> String {
        isFolder ? path.string + "/" : path.string
    }

    /// The order in which DVC pairs additions with deletions: component by component.
    static func precedes(_ left: RelativePath, _ right: RelativePath) -> Bool {
        for (a, b) in zip(left.components, right.components) where a != b {
            return a.lexicographicallyPrecedes(b)
        }
        return left.components.count < right.components.count
    }
}

/// A deletion and an addition of the same content.
struct TrackedRename: Sendable {
    let old: RelativePath
    let new: RelativePath
    let name: ObjectName
}

/// All that happened between two moments, sorted by path.
struct TrackedChanges: Sendable {
    var added: [TrackedChange] = []
    var deleted: [TrackedChange] = []
    var modified: [TrackedChange] = []
    var renamed: [TrackedRename] = []
    var unchanged: [TrackedChange] = []
    var unknown: [TrackedChange] = []

    mutating func note(_ change: TrackedChange) {
        switch change.kind {
        case .added: added.append(change)
        case .deleted: deleted.append(change)
        case .modified: modified.append(change)
        case .unchanged: unchanged.append(change)
        case .unknown: unknown.append(change)
        }
    }

    /// Pairs deletions with additions of the same content, each once, in the order of paths as DVC does.
    mutating func findRenames() {
        guard !added.isEmpty, !deleted.isEmpty else { return }
        added.sort { TrackedChange.precedes($0.path, $1.path) }
        deleted.sort { TrackedChange.precedes($0.path, $1.path) }
        var places: [ObjectName: [Int]] = [:]
        for (place, change) in deleted.enumerated().reversed() {
            if let name = change.old { places[name, default: []].append(place) }
        }
        var isPaired = [Bool](repeating: false, count: deleted.count)
        var stillAdded: [TrackedChange] = []
        for change in added {
            guard let name = change.new, let place = places[name]?.popLast() else {
                stillAdded.append(change)
                continue
            }
            isPaired[place] = true
            renamed.append(TrackedRename(old: deleted[place].path, new: change.path, name: name))
        }
        added = stillAdded
        deleted = zip(deleted, isPaired).filter { !$1 }.map(\.0)
    }

    mutating func sort() {
        added.sort { $0.path < $1.path }
        deleted.sort { $0.path < $1.path }
        modified.sort { $0.path < $1.path }
        renamed.sort { $0.old < $1.old }
        unchanged.sort { $0.path < $1.path }
        unknown.sort { $0.path < $1.path }
    }
}
