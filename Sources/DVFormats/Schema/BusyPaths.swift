/// `.dvc/tmp/rwlock` of DVC: which running commands read and write which paths.
///
/// JSON: `{"write": {PATH: INFO}, "read": {PATH: [INFO, …]}}` with INFO `{"pid": …, "cmd": …}`; paths are absolute.
/// Source: `dvc/rwlock.py` of DVC 3.67.1.
package struct BusyPaths: Hashable, Sendable {
    package struct Holder: Hashable, Sendable {
        package let process: Int32
        /// For people.
        package let command: String

        package init(process: Int32, command: String) {
            self.process = process
            self.command = command
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
        return Holder(process: number, command: command)
    }

    private static func error(_ file: String) -> FormatError {
        FormatError(file: file, problem: "expected processes that read and write paths")
    }

    /// Who has to finish before these paths may be read and written, and where.
    package func blocker(reading: [String], writing: [String]) -> (path: String, holder: Holder)? {
        for (path, holder) in writers.sorted(by: { $0.key < $1.key })
        where (reading + writing).contains(where: { Self.overlap($0, path) }) {
            return (path, holder)
        }
        for (path, holders) in readers.sorted(by: { $0.key < $1.key })
        where writing.contains(where: { Self.overlap($0, path) }) {
            if let holder = holders.first { return (path, holder) }
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
        readers = readers.mapValues { $0.filter { !isGone($0) } }.filter { !$0.value.isEmpty }
    }

    /// The same path, or one inside the other.
    private static func overlap(_ left: String, _ right: String) -> Bool {
        left == right || left.hasPrefix(right + "/") || right.hasPrefix(left + "/")
    }
}
