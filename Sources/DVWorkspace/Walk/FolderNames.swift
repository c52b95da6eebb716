import DVSystem

/// The names in one folder, sorted so that walking them in order, and into folders as they come, yields paths in order of
/// their bytes: a folder sorts as if its name ended in a slash.
struct FolderNames: Sendable {
    struct Item: Sendable {
        /// The first eight bytes behind what all names share, as a big-endian number: decides most comparisons.
        var key: UInt64 = 0
        let offset: UInt32
        let length: UInt16
        let kind: EntryKind
    }

    private(set) var bytes: [UInt8] = []
    private(set) var items: [Item] = []

    var isEmpty: Bool { items.isEmpty }

    /// Folders get their slash here.
    mutating func append(_ name: UnsafeBufferPointer<UInt8>, _ kind: EntryKind) {
        let isFolder = kind == .directory
        items.append(
            Item(
                offset: UInt32(truncatingIfNeeded: bytes.count),
                length: UInt16(name.count + (isFolder ? 1 : 0)),
                kind: kind
            )
        )
        bytes.append(contentsOf: name)
        if isFolder { bytes.append(UInt8(ascii: "/")) }
    }

    @inline(__always)
    func range(_ item: Item) -> Range<Int> {
        Int(item.offset)..<Int(item.offset) + Int(item.length)
    }

    mutating func sort() {
        bytes.withUnsafeBytes { bytes in
            let shared = Self.sharedPrefix(of: items, in: bytes)
            for index in items.indices {
                items[index].key = Self.key(of: items[index], skipping: shared, in: bytes)
            }
            items.sort { left, right in
                left.key == right.key
                    ? Self.compare(left, right, in: bytes) < 0 : left.key < right.key
            }
        }
    }

    private static func sharedPrefix(of items: [Item], in bytes: UnsafeRawBufferPointer) -> Int {
        guard let first = items.first else { return 0 }
        var shared = Int(first.length)
        for item in items.dropFirst() {
            shared = min(shared, Int(item.length))
            var index = 0
            while index < shared,
                bytes[Int(item.offset) + index] == bytes[Int(first.offset) + index]
            { index += 1 }
            shared = index
        }
        return shared
    }

    /// Missing bytes count as zero, which no name contains.
    private static func key(
        of item: Item,
        skipping shared: Int,
        in bytes: UnsafeRawBufferPointer
    ) -> UInt64 {
        var key: UInt64 = 0
        for index in shared..<shared + 8 {
            let byte = index < Int(item.length) ? bytes[Int(item.offset) + index] : 0
            key = key << 8 | UInt64(byte)
        }
        return key
    }

    private static func compare(
        _ left: Item,
        _ right: Item,
        in bytes: UnsafeRawBufferPointer
    ) -> Int {
        compareBytes(
            UnsafeRawBufferPointer(
                rebasing: bytes[Int(left.offset)..<Int(left.offset) + Int(left.length)]
            ),
            UnsafeRawBufferPointer(
                rebasing: bytes[Int(right.offset)..<Int(right.offset) + Int(right.length)]
            )
        )
    }
}
