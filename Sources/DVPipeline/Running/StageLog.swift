import DVSystem
import Synchronization

/// What the commands of one stage write, in `.dvc/tmp/logs`: the last run only.
final class StageLog: Sendable {
    private let file: Mutex<OpenFile>

    /// Nil if there can be none: a stage runs without its log too.
    init?(_ stage: Stage, in folder: AbsolutePath) {
        let name = stage.address.map { $0 == "/" ? "_" : String($0) }.joined()
        do {
            try folder.makeDirectories()
            let path = folder.appending(name + ".log")
            try path.removeFile()
            file = Mutex(try OpenFile.creating(path, permissions: 0o666))
        } catch {
            return nil
        }
    }

    func write(_ line: String) {
        // A full disk ends the log, not the stage.
        file.withLock { try? $0.write(Array((line + "\n").utf8)) }
    }
}
