import DVProject

/// What a place outside of version control holds, as `dvc list-url` prints it.
struct ExternalListView {
    private let entries: [ExternalEntry]
    private let isShowingSizes: Bool

    init(_ entries: [ExternalEntry], isShowingSizes: Bool) {
        self.entries = entries
        self.isShowingSizes = isShowingSizes
    }

    var lines: [String] { table(entries.map { (Self.size($0), $0.path) }) }

    /// Files and folders of one level by name, each folder before what it holds.
    func tree(below root: String) -> [String] {
        var top = Branch()
        for entry in entries {
            top.insert(entry.path.split(separator: "/").map(String.init)[...], entry)
        }
        var rows: [(size: String, name: String)] = [("", root)]
        top.append(to: &rows, prefix: "", isShowingSizes: isShowingSizes)
        return table(rows)
    }

    private func table(_ rows: [(size: String, name: String)]) -> [String] {
        guard isShowingSizes else { return rows.map(\.name) }
        let width = rows.map(\.size.count).max() ?? 0
        return rows.map { row in
            String(repeating: " ", count: width - row.size.count) + row.size + "  " + row.name
        }
    }

    fileprivate static func size(_ entry: ExternalEntry) -> String {
        guard let size = entry.size, size > 0 || !entry.isDirectory else { return "" }
        return naturalSize(size)
    }

    /// At most three digits and a unit of 1024: `5`, `4.00k`, `12.5M`.
    static func naturalSize(_ bytes: Int64) -> String {
        if bytes < 1024 { return String(bytes) }
        var value = Double(bytes) / 1024
        for unit in ["k", "M", "G", "T", "P", "E"] {
            if value < 999.5 {
                if value < 9.995 { return fixed(value, 2) + unit }
                return (value < 99.95 ? fixed(value, 1) : fixed(value, 0)) + unit
            }
            value /= 1024
        }
        return fixed(value, 1) + "Z"
    }

    private static func fixed(_ value: Double, _ places: Int) -> String {
        let scale = [1.0, 10.0, 100.0][places]
        let digits = String(Int((value * scale).rounded(.toNearestOrEven)))
        guard places > 0 else { return digits }
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        return "\(padded.dropLast(places)).\(padded.suffix(places))"
    }
}

/// A folder of a tree with what it holds, by name.
private struct Branch {
    private var children: [String: Branch] = [:]
    private var entry: ExternalEntry?

    mutating func insert(_ path: ArraySlice<String>, _ entry: ExternalEntry) {
        guard let name = path.first else {
            self.entry = entry
            return
        }
        children[name, default: Branch()].insert(path.dropFirst(), entry)
    }

    func append(
        to rows: inout [(size: String, name: String)],
        prefix: String,
        isShowingSizes: Bool
    ) {
        let names = children.keys.sorted()
        for name in names {
            guard let child = children[name] else { continue }
            let isLast = name == names.last
            let size = child.entry.map(ExternalListView.size) ?? ""
            rows.append((size, prefix + (isLast ? "└── " : "├── ") + name))
            child.append(
                to: &rows,
                prefix: prefix + (isLast ? "    " : "│   "),
                isShowingSizes: isShowingSizes
            )
        }
    }
}
