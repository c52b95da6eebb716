import DVSystem
import Glibc

/// Notices which files below a folder are opened, by whomever, as the kernel reports it; folders too, if asked for.
///
/// Folders made later are not watched.
package final class OpenedFiles {
    private let descriptor: Int32
    private var folders: [Int32: String] = [:]
    private let countsFolders: Bool

    package init(below root: AbsolutePath, countingFolders: Bool = false) throws {
        countsFolders = countingFolders
        descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else { throw SystemError.last("watch", root.string) }
        try watch(root, "")
    }

    deinit { close(descriptor) }

    private func watch(_ folder: AbsolutePath, _ prefix: String) throws {
        let names = try folder.childNames()
        for name in names {
            let child = folder.appending(name.string)
            guard try FileStatus.ifPresent(child)?.isDirectory == true else { continue }
            try watch(child, prefix + name.string + "/")
        }
        let watch = folder.withCString {
            inotify_add_watch(descriptor, $0, UInt32(IN_OPEN))
        }
        guard watch >= 0 else { throw SystemError.last("watch", folder.string) }
        folders[watch] = prefix
    }

    /// The relative paths of the files that were opened since the last call, each once, sorted.
    package func names() throws -> [String] {
        var names: Set<String> = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EAGAIN { return names.sorted() }
            guard count > 0 else { throw SystemError.last("read", "events") }
            buffer.withUnsafeBytes {
                collect(UnsafeRawBufferPointer(rebasing: $0[..<count]), &names)
            }
        }
    }

    private func collect(_ events: UnsafeRawBufferPointer, _ names: inout Set<String>) {
        let headSize = MemoryLayout<inotify_event>.size
        var offset = 0
        while offset + headSize <= events.count {
            let event = events.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
            let start = offset + headSize
            let end = start + Int(event.len)
            let isFolder = event.mask & UInt32(IN_ISDIR) != 0
            if countsFolders || !isFolder, end > start, let prefix = folders[event.wd] {
                let name = events[start..<end].prefix { $0 != 0 }
                names.insert(prefix + String(decoding: name, as: UTF8.self))
            }
            offset = end
        }
    }
}
