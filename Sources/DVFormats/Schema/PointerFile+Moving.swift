extension PointerFile {
    /// The places in `dependencies` of plain paths: neither in another repository nor in a database nor at a URL.
    package func pathDependencies(
        in text: [UInt8],
        file: String
    ) throws(FormatError) -> [Int] {
        guard !dependencies.isEmpty,
            case .mapping(let fields) = try DataValue.parseYAML(text, file: file),
            case .list(let items)? = fields.first(where: { $0.key == "deps" })?.value
        else { return [] }
        return dependencies.indices.filter { index in
            let path = dependencies[index].recorded.path
            guard items.indices.contains(index), case .mapping(let pairs) = items[index] else {
                return false
            }
            let isForeign = pairs.contains { $0.key == "repo" || $0.key == "db" }
            return !isForeign && !path.isEmpty && !path.hasPrefix("/") && !path.contains("://")
        }
    }
}
