import DVSystem
import DVTestSupport

/// What a folder of objects holds, read with standard tools instead of dvswift.
enum StoredContent {
    /// The names, digits and `.dir`, of all objects below `folder` whose content is what their name says.
    static func good(_ folder: AbsolutePath, _ project: TemporaryProject) throws -> Set<String> {
        Set(try all(folder, project).filter { $0.name.hasPrefix($0.digest) }.map(\.name))
    }

    /// The names of those whose content is something else.
    static func bad(_ folder: AbsolutePath, _ project: TemporaryProject) throws -> Set<String> {
        Set(try all(folder, project).filter { !$0.name.hasPrefix($0.digest) }.map(\.name))
    }

    private static func all(
        _ folder: AbsolutePath,
        _ project: TemporaryProject
    ) throws -> [(name: String, digest: String)] {
        let script = """
            [ -d "$0" ] || exit 0
            cd "$0"
            files() { find . -path '*/quarantine' -prune -o -type f -name '??????????????????????????????*' "$@"; }
            files ! -name '*.zst' -exec md5sum {} +
            files -name '*.zst' -print | while read -r file; do
                echo "$(zstd -dqc "$file" 2>/dev/null | md5sum) $file"
            done
            """
        let output = try project.attempt(["sh", "-c", script, folder.string]).checkingSuccess()
            .output
        return output.split(separator: "\n").map { line in
            let parts = line.split(separator: "/").suffix(2)
            var name = parts.joined()
            if name.hasSuffix(".zst") { name.removeLast(4) }
            return (name, String(line.prefix(32)))
        }
    }
}
