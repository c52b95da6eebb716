/// How a user names an artifact: `net`, `models:net` or `models/dvc.yaml:net`, from the root of the repository.
package struct ArtifactName: Hashable, Sendable {
    /// The folder of its `dvc.yaml`; empty for the root.
    package let folder: String
    package let name: String

    /// Nil for what no artifact can be called.
    package init?(_ text: String) {
        let pattern =
            #/^(?:(?<folder>[a-zA-Z0-9\-_./]+):)?(?<name>[a-zA-Z0-9](?:[a-zA-Z0-9\-/_]*[a-zA-Z0-9])?)$/#
        guard let match = text.wholeMatch(of: pattern) else { return nil }
        var parts = (match.output.folder ?? "").split(separator: "/").map(String.init)
        if parts.last == "dvc.yaml" { parts.removeLast() }
        folder = parts.filter { $0 != "." }.joined(separator: "/")
        name = String(match.output.name)
    }

    /// As tags have it.
    package var tagged: String { folder.isEmpty ? name : "\(folder):\(name)" }
}
