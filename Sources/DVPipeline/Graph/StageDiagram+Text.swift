extension StageDiagram {
    /// In the language of Graphviz, as DVC writes it.
    package var dot: String {
        // Generated stages that need each other make a node that leads to itself.
        let isSimple = edges.allSatisfy { $0.from != $0.to }
        let names = nodes.map { Self.quoted($0.name) }
        let lines =
            [isSimple ? "strict digraph {" : "digraph {"] + names.map { $0 + ";" }
            + edges.map { "\(names[$0.from]) -> \(names[$0.to]);" } + ["}", ""]
        return lines.joined(separator: "\n")
    }

    /// In the language of Mermaid, as DVC writes it: part by part, each sorted by names.
    package var mermaid: String {
        var lines = ["flowchart TD"]
        var count = 0
        for part in components {
            let order = part.nodes.indices.sorted { part.nodes[$0].precedes(part.nodes[$1]) }
            var numbers = Array(repeating: 0, count: order.count)
            for node in order {
                count += 1
                numbers[node] = count
                lines.append("\tnode\(count)[\"\(part.nodes[node].name)\"]")
            }
            let edges = part.edges.map { (numbers[$0.from], numbers[$0.to]) }.sorted(by: <)
            lines += edges.map { "\tnode\($0)-->node\($1)" }
        }
        return lines.joined(separator: "\n")
    }

    private static func quoted(_ name: String) -> String {
        "\"" + name.replacing("\"", with: "\\\"") + "\""
    }
}

extension StageDiagram.Node {
    fileprivate func precedes(_ other: StageDiagram.Node) -> Bool {
        name.unicodeScalars.lexicographicallyPrecedes(other.name.unicodeScalars)
    }
}
