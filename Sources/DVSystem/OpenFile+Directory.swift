import CLinux
import Glibc
import SystemPackage

/// What `getdents64` says of an entry without a stat.
package enum EntryKind: Sendable {
    case regular, directory, symbolicLink, other
    /// The file system does not say; stat it.
    case unknown
}

extension OpenFile {
    /// Calls `body` with the name (no terminator) and kind of every entry but `.` and `..`, in the kernel's order.
    ///
    /// The bytes of a name are valid during the call only. One large buffer serves the whole directory.
    package func forEachEntry(
        _ body: (UnsafeBufferPointer<UInt8>, EntryKind) -> Void
    ) throws(SystemError) {
        let capacity = 1 << 16
        let buffer = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
        defer { buffer.deallocate() }
        while true {
            let filled = clinux_getdents64(descriptor, buffer, capacity)
            if filled == 0 { return }
            guard filled > 0 else { throw .last("list", path.string) }
            Self.decode(UnsafeRawBufferPointer(start: buffer, count: filled), body)
        }
    }

    /// Decodes `struct linux_dirent64`: inode (8), offset (8), record length (2), type (1), name.
    private static func decode(
        _ records: UnsafeRawBufferPointer,
        _ body: (UnsafeBufferPointer<UInt8>, EntryKind) -> Void
    ) {
        var offset = 0
        while offset + 19 < records.count {
            let length = Int(records.loadUnaligned(fromByteOffset: offset + 16, as: UInt16.self))
            let type = records[offset + 18]
            let name = UnsafeRawBufferPointer(rebasing: records[(offset + 19)..<(offset + length)])
                .bindMemory(to: UInt8.self)
            let end = name.firstIndex(of: 0) ?? name.count
            let bytes = UnsafeBufferPointer(rebasing: name[..<end])
            if !isDot(bytes) { body(bytes, EntryKind(type)) }
            offset += length
        }
    }

    private static func isDot(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let dot = UInt8(ascii: ".")
        return (name.count == 1 && name[0] == dot)
            || (name.count == 2 && name[0] == dot && name[1] == dot)
    }
}

extension EntryKind {
    init(_ type: UInt8) {
        self =
            switch Int(type) {
            case Int(DT_REG): .regular
            case Int(DT_DIR): .directory
            case Int(DT_LNK): .symbolicLink
            case Int(DT_UNKNOWN): .unknown
            default: .other
            }
    }
}

extension FilePath.Component {
    /// Nil if `bytes` are not one name.
    package init?(bytes: UnsafeBufferPointer<UInt8>) {
        let terminated = bytes.map { CChar(bitPattern: $0) } + [0]
        self.init(platformString: terminated)
    }
}
