/// `.dvc/tmp/rwlock` of DVC: which running commands read and write which paths.
///
/// JSON: `{"write": {PATH: INFO}, "read": {PATH: [INFO, …]}}` with INFO `{"pid": …, "cmd": …}`; paths are absolute.
/// Source: `dvc/rwlock.py` of DVC 3.67.1.
package struct BusyPaths: Hashable, Sendable {
    package struct Holder: Hashable, Sendable {
        package let process: Int32
        /// For people.
        package let command: String
        /// The command has ended; the paths are busy until its result is recorded.
        package let isRecording: Bool

        /// What `cmd` ends with then: DVC's schema has no room for more than a number and a text.
        private static let recordingMark = " (recording)"

        package init(process: Int32, command: String, isRecording: Bool = false) {
            self.process = process
            self.command = command
            self.isRecording = isRecording
        }

        init(process: Int32, written: String) {
            let isRecording = written.hasSuffix(Self.recordingMark)
            self.init(
                process: process,
                command: isRecording
                    ? String(written.dropLast(Self.recordingMark.count)) : written,
                isRecording: isRecording
            )
        }

        /// As `cmd` says it.
        package var written: String { isRecording ? command + Self.recordingMark : command }

        /// The same holder, with or without its command having ended.
        package func recording(_ isRecording: Bool) -> Holder {
            Holder(process: process, command: command, isRecording: isRecording)
        }
    }

    package private(set) var writers: [String: Holder] = [:]
    package private(set) var readers: [String: [Holder]] = [:]

    package init() {}

    package init(parsing bytes: [UInt8], file: String) throws(FormatError) {
        let root = try JSONParser.parse(bytes, file: file)
        for (path, value) in root.value(atDottedKey: "write")?.topValues ?? [] {
            writers[path] = try Self.holder(value, file)
        }
        for (path, value) in root.value(atDottedKey: "read")?.topValues ?? [] {
            guard case .list(let values) = value else { throw Self.error(file) }
            var holders: [Holder] = []
            for value in values { holders.append(try Self.holder(value, file)) }
            readers[path] = holders
        }
    }

    private static func holder(_ value: DataValue, _ file: String) throws(FormatError) -> Holder {
        guard case .integer(let process)? = value.value(atDottedKey: "pid"),
            case .string(let command)? = value.value(atDottedKey: "cmd"),
            let number = Int32(exactly: process)
        else { throw error(file) }
        return Holder(process: number, written: command)
    }

    private static func error(_ file: String) -> FormatError {
        FormatError(file: file, problem: "expected processes that read and write paths")
    }

    /// Who has to finish before these paths may be read and written, and where.
    ///
    /// Holders that `isHarmless` says so of do not count.
    package func blocker(
        reading: [String],
        writing: [String],
        except isHarmless: (Holder) -> Bool = { _ in false }
    ) -> (path: String, holder: Holder)? {
        let all = reading + writing
        let writer = writers.filter { path, holder in
            !isHarmless(holder) && all.contains { Self.overlap($0, path) }
        }
        .min { $0.key < $1.key }
        if let writer { return (writer.key, writer.value) }
        for (path, holders) in readers.sorted(by: { $0.key < $1.key })
        where writing.contains(where: { Self.overlap($0, path) }) {
            if let holder = holders.first(where: { !isHarmless($0) }) { return (path, holder) }
        }
        return nil
    }

    package mutating func acquire(reading: [String], writing: [String], for holder: Holder) {
        for path in reading { readers[path, default: []].append(holder) }
        for path in writing { writers[path] = holder }
    }

    /// Takes out all holders that `isGone` says so of.
    package mutating func remove(where isGone: (Holder) -> Bool) {
        writers = writers.filter { !isGone($0.value) }
        removeReaders(where: isGone)
    }

    private mutating func removeReaders(where isGone: (Holder) -> Bool) {
        readers = readers.mapValues { $0.filter { !isGone($0) } }.filter { !$0.value.isEmpty }
    }

    /// Notes of holders that their commands have ended; what these read is free, as it was looked at for the last time.
    package mutating func setRecording(_ ended: Set<Holder>) {
        guard !ended.isEmpty else { return }
        writers = writers.mapValues { ended.contains($0) ? $0.recording(true) : $0 }
        removeReaders { ended.contains($0.recording(false)) }
    }

    /// The same path, or one inside the other.
    private static func overlap(_ left: String, _ right: String) -> Bool {
        left == right || left.hasPrefix(right + "/") || right.hasPrefix(left + "/")
    }
}
