/// A `.pre-commit-config.yaml`, the settings of https://pre-commit.com.
package enum PreCommitFile {
    /// The text with an entry in `repos`; unchanged if it is there, nothing else is written anew.
    package static func adding(
        _ entry: DataValue,
        to text: [UInt8],
        file: String
    ) throws(FormatError) -> [UInt8] {
        let document = try YAMLDocument(parsing: text, file: file)
        guard let root = document.root else {
            let value: [(DataValue, DataValue)] = [(.string("repos"), .list([entry]))]
            return text + YAMLEmitter.entries(value.map { (key: $0.0, value: $0.1) }, indent: 0)
        }
        guard case .mapping(var pairs) = try DataValue(root, in: file) else {
            throw FormatError(file: file, problem: "expected a mapping with 'repos'")
        }
        var repos: [DataValue] = []
        if let index = pairs.firstIndex(where: { $0.key == "repos" }) {
            if case .list(let values) = pairs[index].value { repos = values }
            if repos.contains(entry) { return text }
            pairs[index].value = .list(repos + [entry])
        } else {
            pairs.append(("repos", .list([entry])))
        }
        var patch = YAMLPatch(text, file: file, root: root)
        let slot = YAMLPatch.Slot(start: root.span.lowerBound, column: 0, indent: -2)
        try patch.update(root, in: slot, to: .mapping(pairs))
        let changed = patch.applied()
        guard try DataValue.parseYAML(changed, file: file) == .mapping(pairs) else {
            throw FormatError(file: file, problem: "this layout cannot be edited")
        }
        return changed
    }
}
