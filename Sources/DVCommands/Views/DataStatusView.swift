import DVProject
import DVReporting

/// The state of all tracked data, as `dvc data status` prints it.
struct DataStatusView {
    private struct Group {
        let key: String
        let label: String
        let hints: [String]
        let items: [String]
    }

    private let status: DataStatus

    init(_ status: DataStatus) {
        self.status = status
    }

    var lines: [String] {
        let shown = groups.filter { !$0.items.isEmpty }
        var lines: [String] = []
        if shown.isEmpty {
            lines.append(status.isGitEmpty ? "No changes in an empty git repo." : "No changes.")
        }
        for (index, group) in shown.enumerated() {
            if index > 0 { lines.append("") }
            lines.append(group.label + ":")
            lines += group.hints.map { "  (\($0))" }
            lines += group.items.map { "        " + $0 }
        }
        if status.isGitDirty {
            let other = shown.isEmpty ? "" : "other "
            lines.append(
                "(there are \(other)changes not tracked by dvc, use \"git status\" to see)"
            )
        }
        return lines
    }

    private var groups: [Group] {
        [
            Group(
                key: "not_in_cache",
                label: "Not in cache",
                hints: ["use \"dvswift fetch <file>...\" to download files"],
                items: status.missingInCache
            ),
            Group(
                key: "not_in_remote",
                label: "Not in remote",
                hints: ["use \"dvswift push <file>...\" to upload files"],
                items: status.missingOnRemote
            ),
            Group(
                key: "committed",
                label: "DVC committed changes",
                hints: ["git commit the corresponding dvc files to update the repo"],
                items: status.committed.lines
            ),
            Group(
                key: "uncommitted",
                label: "DVC uncommitted changes",
                hints: [
                    "use \"dvswift commit <file>...\" to track changes",
                    "use \"dvswift checkout <file>...\" to discard changes",
                ],
                items: status.uncommitted.lines
            ),
            Group(
                key: "untracked",
                label: "Untracked files",
                hints: [
                    "use \"git add <file> ...\" or \"dvswift add <file>...\" to commit to git or to dvc"
                ],
                items: status.untracked
            ),
            Group(
                key: "unchanged",
                label: "DVC unchanged files",
                hints: [],
                items: status.unchanged
            ),
        ]
    }

    /// What is empty is left out, as in DVC.
    var json: String {
        let pairs: [(key: String, value: JSONValue)] = groups.filter { !$0.items.isEmpty }
            .map { group in
                switch group.key {
                case "committed": (group.key, status.committed.json)
                case "uncommitted": (group.key, status.uncommitted.json)
                default: (group.key, .array(group.items.map { .string($0) }))
                }
            }
        return JSONValue.object(pairs).serialized()
    }
}

extension DataChanges {
    /// In DVC's order, where additions and renames come as they are found.
    private var states: [(state: String, items: [(text: String, json: JSONValue)])] {
        let additions = ("added", added.map(Self.item))
        let renames = (
            "renamed",
            renamed.map { rename in
                (
                    "\(rename.old) -> \(rename.new)",
                    JSONValue.object([
                        ("old", .string(rename.old)), ("new", .string(rename.new)),
                    ])
                )
            }
        )
        let isRenameFirst = (renamed.map(\.new).min() ?? "") < (added.min() ?? "")
        let pairs = isRenameFirst ? [renames, additions] : [additions, renames]
        let all =
            [("modified", modified.map(Self.item)), ("unknown", unknown.map(Self.item))] + pairs
            + [("deleted", deleted.map(Self.item))]
        return all.filter { !$0.1.isEmpty }
    }

    private static func item(_ path: String) -> (String, JSONValue) { (path, .string(path)) }

    fileprivate var lines: [String] {
        states.flatMap { state, items in items.map { "\(state): \($0.text)" } }
    }

    fileprivate var json: JSONValue {
        .object(states.map { ($0.state, .array($0.items.map(\.json))) })
    }
}
