import DVProject
import DVReporting
import DVTerminal

/// What a garbage collection removed, or would.
struct GarbageView {
    private let reports: [GarbageReport]
    private let isDry: Bool

    init(_ reports: [GarbageReport], isDry: Bool) {
        self.reports = reports
        self.isDry = isDry
    }

    var lines: [String] { reports.flatMap(lines) }

    /// An array of objects for the cache, and one for the remote.
    var json: String {
        let places: [(String, [GarbageReport])] = [
            ("cache", reports.filter { $0.remote == nil }),
            ("remote", reports.filter { $0.remote != nil }),
        ]
        return JSONValue.object(
            places.filter { !$0.1.isEmpty }.map { name, reports in
                (name, .array(reports.flatMap(\.entries).map(Self.json)))
            }
        )
        .serialized()
    }

    private func lines(_ report: GarbageReport) -> [String] {
        let cache = report.isLegacy ? "legacy" : "repo"
        let place = report.remote == nil ? "\(cache) cache" : "remote"
        guard !report.entries.isEmpty else {
            return [
                report.remote == nil
                    ? "No unused '\(cache)' cache to remove."
                    : "No unused cache to remove from remote."
            ]
        }
        let count = report.entries.count
        let size = Measures.bytes(report.totalSize)
        let summary =
            isDry
            ? "\(count) objects (\(size)) would be removed from \(place)."
            : "Removed \(count) objects from \(place). (\(size))"
        return TextTable(report.entries.map(Self.row)).lines + [summary]
    }

    private static func row(_ entry: GarbageEntry) -> [String] {
        [
            "Removing", entry.origin?.path ?? "(no path)",
            entry.origin.map { $0.commit.map { String($0.id.hex.prefix(7)) } ?? "workspace" }
                ?? "-",
            Measures.bytes(entry.object.size), Measures.age(entry.age), entry.object.name.text,
        ]
    }

    private static func json(_ entry: GarbageEntry) -> JSONValue {
        .object([
            ("object", .string(entry.object.name.text)),
            ("path", entry.origin.map { .string($0.path) } ?? .null),
            ("commit", entry.origin?.commit.map { .string($0.id.hex) } ?? .null),
            ("size", .integer(Int(entry.object.size))),
            ("age", .integer(Int(entry.age))),
        ])
    }
}
