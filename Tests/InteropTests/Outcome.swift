import DVSystem
import DVTestSupport

/// What commands leave behind that must not depend on the tool.
struct Outcome: Sendable {
    /// Pointers, `dvc.yaml`, `dvc.lock`, ignore files and, where asked for, the settings.
    private let texts: [String: String]
    private let trees: [String: TreeSnapshot]

    /// `inOwnFolder`: whether what is in `.dvc` counts too, which it does where DVC made the project.
    init(of project: TemporaryProject, inOwnFolder: Bool = false) throws {
        let workspace = try project.tree()
        var trees = [
            "workspace": workspace, "remote": try TreeSnapshot(of: project.remote),
        ]
        var names = workspace.paths.filter { path in
            Self.textSuffixes.contains { path.hasSuffix($0) }
        }
        if inOwnFolder {
            trees["cache"] = try TreeSnapshot(of: project.path(".dvc/cache/files"))
            names += Self.settings
        }
        self.trees = trees
        var texts: [String: String] = [:]
        for name in names where try project.exists(name) {
            let text = try project.text(of: name)
            // DVC leaves settings files without settings behind.
            if text != "\n" || !Self.settings.contains(name) { texts[name] = text }
        }
        self.texts = texts
    }

    /// What differs, for a person to read; nil if nothing does.
    func difference(from reference: Outcome) -> String? {
        let names = Set(texts.keys).union(reference.texts.keys).sorted()
        let changed = names.filter { texts[$0] != reference.texts[$0] }.map { name in
            """
            \(name):
            \(texts[name] ?? "(missing)")
            instead of:
            \(reference.texts[name] ?? "(nothing)")
            """
        }
        let moved = trees.keys.sorted().compactMap { name -> String? in
            guard let mine = trees[name], let theirs = reference.trees[name] else { return nil }
            return mine.difference(from: theirs).map { "\(name):\n\($0)" }
        }
        let parts = changed + moved
        return parts.isEmpty ? nil : parts.joined(separator: "\n\n")
    }

    private static let settings = [
        ".dvc/config", ".dvc/config.local", "../home/dvc-global/config",
    ]
    private static let textSuffixes = [
        ".dvc", "dvc.yaml", "dvc.lock", ".gitignore", ".dvcignore",
    ]
}
