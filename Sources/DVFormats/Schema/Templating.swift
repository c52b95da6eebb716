/// `${…}`, `vars`, `foreach` and `matrix` of `dvc.yaml`, which dvswift does not evaluate yet.
enum Templating {
    private static let keywords = ["vars", "foreach", "do", "matrix"]
    private static let notSupported = "is not supported yet by dvswift"

    /// Throws at the first use inside a stage.
    static func refuse(in stage: SchemaReader) throws(FormatError) {
        for entry in stage.node.entries ?? [] {
            let name = entry.key.text ?? ""
            guard keywords.contains(name) else { continue }
            throw FormatError(
                "templating ('\(name)') \(notSupported)",
                at: entry.key,
                in: stage.file,
                key: stage.path + [name]
            )
        }
        if hasReference(stage.node) { try refuseReferences(in: stage) }
    }

    /// Quick: most stages have none, and need no path for an error.
    private static func hasReference(_ node: YAMLNode) -> Bool {
        switch node.content {
        case .scalar(let text, _): reference(in: text) != nil
        case .sequence(let items): items.contains(where: hasReference)
        case .mapping(let entries):
            entries.contains { hasReference($0.key) || hasReference($0.value) }
        }
    }

    private static func refuseReferences(in reader: SchemaReader) throws(FormatError) {
        switch reader.node.content {
        case .scalar(let text, _):
            guard let name = reference(in: text) else { return }
            throw reader.error("templating ('${\(name)}') \(notSupported)")
        case .sequence(let items):
            for (index, item) in items.enumerated() {
                try refuseReferences(in: reader.child(String(index), item))
            }
        case .mapping(let entries):
            for entry in entries {
                let key = entry.key.text ?? ""
                try refuseReferences(in: reader.child(key, entry.key))
                try refuseReferences(in: reader.child(key, entry.value))
            }
        }
    }

    /// What stands in the first `${…}` that no backslash escapes.
    static func reference(in text: String) -> Substring? {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return nil }
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            let isEscaped = dollar > text.startIndex && text[text.index(before: dollar)] == "\\"
            rest = rest[rest.index(after: dollar)...]
            guard !isEscaped, rest.first == "{" else { continue }
            let inner = rest.dropFirst()
            if let end = inner.firstIndex(of: "}"), !inner[..<end].contains("\n") {
                return inner[..<end]
            }
        }
        return nil
    }

    /// `\${` stands for `${`.
    static func unescape(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        var result = ""
        var rest = text[...]
        while let character = rest.first {
            if rest.hasPrefix("\\${") { rest = rest.dropFirst() }
            result.append(rest.first ?? character)
            rest = rest.dropFirst()
        }
        return result
    }
}
