import DVSystem
import Synchronization

/// What the commands of one stage write, in `.dvc/tmp/logs`: the last run only.
///
/// Of a stage that writes more than `limit` bytes the newest are kept: a full log becomes `STAGE.log.old`, in place of the
/// one before, and a new one begins.
package final class StageLog: Sendable {
    private struct Current: ~Copyable {
        var file: OpenFile
        var size = 0
    }

    private let path: AbsolutePath
    private let old: AbsolutePath
    private let limit: Int
    private let current: Mutex<Current>

    /// Nil if there can be none: a stage runs without its log too.
    package init?(_ stage: Stage, in folder: AbsolutePath, limit: Int = 32 << 20) {
        let name = stage.address.map { $0 == "/" ? "_" : String($0) }.joined()
        path = folder.appending(name + ".log")
        old = folder.appending(name + ".log.old")
        self.limit = limit
        do {
            try folder.makeDirectories()
            try old.removeFile()
            current = Mutex(Current(file: try Self.create(path)))
        } catch {
            return nil
        }
    }

    package func write(_ lines: [String]) {
        var bytes: [UInt8] = []
        for line in lines {
            bytes.append(contentsOf: line.utf8)
            bytes.append(UInt8(ascii: "\n"))
        }
        current.withLock { current in
            do {
                if current.size + bytes.count > limit, current.size > 0 { try startAnew(&current) }
                try current.file.write(bytes)
                current.size += bytes.count
            } catch {
                // A full disk ends the log, not the stage.
            }
        }
    }

    private func startAnew(_ current: inout Current) throws {
        try path.rename(to: old)
        current = Current(file: try Self.create(path))
    }

    private static func create(_ path: AbsolutePath) throws -> OpenFile {
        try path.removeFile()
        return try OpenFile.creating(path, permissions: 0o666)
    }
}
