import DVProject
import DVReporting
import DVTerminal

/// Paths with what is asked for of them, as `dvc ls` prints them.
struct ListView {
    let isShowingSize: Bool
    let isShowingHash: Bool

    func lines(_ entries: [ListedPath]) -> [String] {
        guard isShowingSize || isShowingHash else { return entries.map(\.path) }
        return table(entries.map { columns($0, name: $0.path) })
    }

    func lines(_ tree: ListedTree) -> [String] {
        var rows = [columns(tree.entry, name: tree.entry.path)]
        append(tree.children, behind: "", to: &rows)
        return isShowingSize || isShowingHash ? table(rows) : rows.compactMap(\.first)
    }

    private func append(_ trees: [ListedTree], behind lead: String, to rows: inout [[String]]) {
        for (index, tree) in trees.enumerated() {
            let isLast = index == trees.count - 1
            let edge = isLast ? "└── " : "├── "
            rows.append(columns(tree.entry, name: lead + edge + tree.entry.path))
            append(tree.children, behind: lead + (isLast ? "    " : "│   "), to: &rows)
        }
    }

    private func columns(_ entry: ListedPath, name: String) -> [String] {
        var columns: [String] = []
        if isShowingSize {
            let isKnown = entry.size.map { $0 > 0 || !entry.isFolder } ?? false
            columns.append(isKnown ? Measures.binary(entry.size ?? 0) : "")
        }
        if isShowingHash { columns.append(entry.digest ?? "-") }
        return columns + [name]
    }

    private func table(_ rows: [[String]]) -> [String] {
        TextTable(rows, rightAligned: isShowingSize ? [0] : []).lines
    }

    static func json(_ entries: [ListedPath]) -> String {
        let values = entries.map { entry in
            JSONValue.object([
                ("isout", .bool(entry.isOutput)),
                ("isdir", .bool(entry.isFolder)),
                ("isexec", .bool(entry.isExecutable)),
                ("size", entry.size.map { .integer(Int($0)) } ?? .null),
                ("md5", entry.digest.map { .string($0) } ?? .null),
                ("path", .string(entry.path)),
            ])
        }
        return JSONValue.array(values).serialized()
    }
}
