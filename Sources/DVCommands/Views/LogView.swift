import DVGit
import DVProject
import DVReporting
import DVTerminal
import Glibc

/// Commits with what they did to tracked data.
struct LogView {
    private let rows: [[String]]
    private let items: [JSONValue]

    init(entries: [LogEntry]) {
        rows = entries.map { entry in
            Self.cells(entry.commit) + [
                Self.letter(entry.change), Self.digest(entry),
                entry.version?.size.map(Measures.bytes) ?? "-",
                entry.version?.fileCount.map { "\($0) file\($0 == 1 ? "" : "s")" } ?? "-",
                entry.commit.summary,
            ]
        }
        items = entries.map { entry in
            let version = entry.version
            return .object(
                Self.fields(entry.commit) + [
                    ("change", .string(entry.change.rawValue)),
                    ("md5", version?.name.map { .string($0.text) } ?? .null),
                    ("size", version?.size.map { .integer(Int($0)) } ?? .null),
                    ("nfiles", version?.fileCount.map { .integer($0) } ?? .null),
                ]
            )
        }
    }

    init(uses: [ObjectUse]) {
        rows = uses.map { Self.cells($0.commit) + [$0.path] }
        items = uses.map { .object(Self.fields($0.commit) + [("path", .string($0.path))]) }
    }

    func show(asJSON isJSON: Bool, on reporter: any Reporter) {
        if isJSON { return reporter.report(.answer(JSONValue.array(items).serialized())) }
        for line in TextTable(rows).lines { reporter.report(.answer(line)) }
    }

    private static func cells(_ commit: GitCommit) -> [String] {
        [
            String(commit.id.hex.prefix(10)), date(of: commit.author, "%Y-%m-%d %H:%M"),
            commit.author.name,
        ]
    }

    private static func fields(_ commit: GitCommit) -> [(key: String, value: JSONValue)] {
        let author = commit.author
        let sign = author.offset < 0 ? "-" : "+"
        let (hours, minutes) = abs(author.offset).quotientAndRemainder(dividingBy: 60)
        let zone = sign + padded(hours) + ":" + padded(minutes)
        return [
            ("commit", .string(commit.id.hex)),
            ("author", .string(author.name)),
            ("email", .string(author.email)),
            ("date", .string(date(of: author, "%Y-%m-%dT%H:%M:%S") + zone)),
            ("summary", .string(commit.summary)),
        ]
    }

    private static func letter(_ change: LogEntry.Change) -> String {
        switch change {
        case .added: "A"
        case .modified: "M"
        case .deleted: "D"
        }
    }

    private static func digest(_ entry: LogEntry) -> String {
        guard let version = entry.version else { return "-" }
        return version.name?.text ?? "(listing not in the cache)"
    }

    /// In the author's own time zone, as Git shows it.
    private static func date(of author: GitCommit.Signature, _ format: String) -> String {
        var time = time_t(author.time + Int64(author.offset) * 60)
        var parts = tm()
        guard gmtime_r(&time, &parts) != nil else { return "-" }
        var buffer = [CChar](repeating: 0, count: 64)
        let count = strftime(&buffer, buffer.count, format, &parts)
        return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func padded(_ number: Int) -> String {
        number < 10 ? "0\(number)" : String(number)
    }
}
