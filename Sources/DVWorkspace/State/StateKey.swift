import DVHashing
import DVObjects
import DVSystem

/// What a row of the state store is about.
enum StateTable: UInt8, Sendable {
    /// The MD5 of a file's bytes, by path.
    case file = 0x66
    /// The MD5 of a file with its line ends converted, by path.
    case convertedFile = 0x6C
    /// An object of the cache that was found good, by name.
    case verifiedObject = 0x6F
    /// The name of the listing that the rows about the files of a folder add up to, by its path.
    case tree = 0x74
    /// Likewise with line ends converted.
    case convertedTree = 0x54
    /// A listing whose objects were all found in a store, by its name and the place of the store.
    case completeListing = 0x70

    static func files(_ scheme: HashScheme) -> StateTable {
        switch scheme {
        case .md5: .file
        case .md5DOS2Unix: .convertedFile
        }
    }

    static func trees(_ scheme: HashScheme) -> StateTable {
        switch scheme {
        case .md5: .tree
        case .md5DOS2Unix: .convertedTree
        }
    }
}

/// Builds keys: a byte for the table, then a path relative to the project's root, or an absolute one outside of it.
struct StateKeys: Sendable {
    let projectRoot: AbsolutePath

    func key(_ table: StateTable, _ path: AbsolutePath) -> [UInt8] {
        if let relative = path.relative(to: projectRoot) {
            return [table.rawValue] + relative.bytes
        }
        return [table.rawValue] + path.bytes
    }

    /// What the keys of all files below a folder begin with.
    func prefix(_ table: StateTable, below folder: AbsolutePath) -> [UInt8] {
        let key = key(table, folder)
        return key.count == 1 || key.last == UInt8(ascii: "/") ? key : key + [UInt8(ascii: "/")]
    }

    func key(_ table: StateTable, _ object: ObjectName) -> [UInt8] {
        [table.rawValue] + Array(object.text.utf8)
    }

    /// For what is known of an object in one of several stores.
    func key(_ table: StateTable, _ object: ObjectName, in store: ObjectStore) -> [UInt8] {
        key(table, object) + [0] + store.root.bytes + [0, store.scheme == .md5 ? 0 : 1]
    }
}
