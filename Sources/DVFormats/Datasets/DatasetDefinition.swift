/// An entry of `datasets` in a `dvc.yaml`: data elsewhere that stages depend on as `ds://NAME`.
package struct DatasetDefinition: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// A Git repository, or a path in one.
        case dvc
        /// A dataset of the DataChain service.
        case dataChain = "dc"
        case url
    }

    package var name: String
    package var url: String
    package var kind: Kind
    /// In the repository; empty means all of it.
    package var path: String
    package var revision: String?

    package init(
        name: String,
        url: String,
        kind: Kind,
        path: String = "",
        revision: String? = nil
    ) {
        self.name = name
        self.url = url
        self.kind = kind
        self.path = path
        self.revision = revision
    }

    /// The entry as DVC writes it.
    package var fields: [(key: String, value: DataValue)] {
        var pairs: [(key: String, value: DataValue)] = [
            ("name", .string(name)), ("url", .string(url)), ("type", .string(kind.rawValue)),
        ]
        if !path.isEmpty { pairs.append(("path", .string(path))) }
        if let revision { pairs.append(("rev", .string(revision))) }
        return pairs
    }
}

/// What is wrong with an entry, and under which of its keys.
struct DatasetProblem: Error {
    var key: String?
    let problem: String
}

extension DatasetDefinition {
    static let known = ["name", "url", "type", "path", "rev"]

    /// Other keys are nobody's concern, as in DVC.
    init(_ value: DataValue) throws(DatasetProblem) {
        guard case .mapping(let pairs) = value else {
            throw DatasetProblem(problem: "expected a mapping with 'name', 'type' and 'url'")
        }
        name = try Self.required("name", in: pairs)
        let type = try Self.required("type", in: pairs)
        guard let kind = Kind(rawValue: type) else {
            let names = Kind.allCases.map(\.rawValue)
            let near = Spelling.nearest(to: type, among: names).map { ", did you mean '\($0)'?" }
            throw DatasetProblem(
                key: "type",
                problem:
                    "unknown dataset type '\(type)', expected one of \(names.joined(separator: ", "))"
                    + (near ?? "")
            )
        }
        self.kind = kind
        url = try Self.required("url", in: pairs)
        path = kind == .dvc ? try Self.text("path", in: pairs) ?? "" : ""
        revision = kind == .dvc ? try Self.text("rev", in: pairs) : nil
    }

    private static func required(
        _ key: String,
        in pairs: [(key: String, value: DataValue)]
    ) throws(DatasetProblem) -> String {
        if let text = try text(key, in: pairs) { return text }
        let others = pairs.map(\.key).filter { !known.contains($0) }
        guard let near = Spelling.nearest(to: key, among: others) else {
            throw DatasetProblem(problem: "the key '\(key)' is missing")
        }
        throw DatasetProblem(key: near, problem: "unknown key, did you mean '\(key)'?")
    }

    private static func text(
        _ key: String,
        in pairs: [(key: String, value: DataValue)]
    ) throws(DatasetProblem) -> String? {
        switch pairs.last(where: { $0.key == key })?.value {
        case .string(let text): return text
        case .null, nil: return nil
        default: throw DatasetProblem(key: key, problem: "expected text")
        }
    }
}

extension DatasetDefinition {
    /// Checks the entries that hold no references.
    static func check(_ reader: SchemaReader) throws(FormatError) {
        for item in try reader.items("a list of datasets")
        where !TemplateText.mayRefer(item.node) {
            try reader.attempt { () throws(FormatError) in
                try DatasetDefinition(try item.value(), at: item)
            }
        }
    }

    /// The place of a problem is that in `item`.
    init(_ value: DataValue, at item: SchemaReader) throws(FormatError) {
        do {
            try self.init(value)
        } catch {
            let entry = item.node.entries?.last { $0.key.text == error.key }
            throw FormatError(
                error.problem,
                at: entry.map { error.problem.hasPrefix("unknown key") ? $0.key : $0.value }
                    ?? item.node,
                in: item.file,
                key: item.path + (error.key.map { [$0] } ?? [])
            )
        }
    }
}

extension PipelineFile {
    /// The entries of `datasets`, in the file's order.
    package func datasets() throws(FormatError) -> [DatasetDefinition] {
        guard let section = sections.first(where: { $0.name == "datasets" }),
            case .list(let values)? = topLevel.first(where: { $0.key == "datasets" })?.value
        else { return [] }
        var datasets: [DatasetDefinition] = []
        for (item, value) in zip(try section.value.items("a list of datasets"), values) {
            datasets.append(try DatasetDefinition(value, at: item))
        }
        return datasets
    }
}
