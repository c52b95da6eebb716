import DVSystem

/// Finds what lies at, above or below a path, in time proportional to the path's length plus what it finds.
///
/// A trie over path components whose children keep the order of insertion: it decides the order of edges, and so the
/// order in which stages run, which is DVC's.
struct PathIndex<Value: Sendable>: Sendable {
    private struct Node {
        var value: Value?
        var children: [ArraySlice<UInt8>: Int] = [:]
        var childOrder: [Int] = []
    }

    private var nodes = [Node()]

    /// The value at exactly `path`.
    subscript(path: AbsolutePath) -> Value? {
        get { node(at: path).flatMap { nodes[$0].value } }
        set { nodes[insertNode(at: path)].value = newValue }
    }

    /// The first value at or above `path`, starting at the root.
    func shortestPrefix(of path: AbsolutePath) -> Value? { prefixes(of: path).first }

    /// Values at or above `path`, from the root down.
    func prefixes(of path: AbsolutePath) -> [Value] {
        var found: [Value] = []
        var current = 0
        for component in path.components {
            guard let next = nodes[current].children[component] else { break }
            current = next
            if let value = nodes[current].value { found.append(value) }
        }
        return found
    }

    /// Values strictly below `path`, depth first.
    func values(below path: AbsolutePath) -> [Value] {
        guard let start = node(at: path) else { return [] }
        var found: [Value] = []
        var pending = Array(nodes[start].childOrder.reversed())
        while let current = pending.popLast() {
            if let value = nodes[current].value { found.append(value) }
            pending.append(contentsOf: nodes[current].childOrder.reversed())
        }
        return found
    }

    /// Some value strictly below `path`: every leaf has one, so this only goes down.
    func firstValue(below path: AbsolutePath) -> Value? {
        var current = node(at: path)
        while let child = current.flatMap({ nodes[$0].childOrder.first }) {
            if let value = nodes[child].value { return value }
            current = child
        }
        return nil
    }

    private func node(at path: AbsolutePath) -> Int? {
        var current = 0
        for component in path.components {
            guard let next = nodes[current].children[component] else { return nil }
            current = next
        }
        return current
    }

    private mutating func insertNode(at path: AbsolutePath) -> Int {
        var current = 0
        for component in path.components {
            if let next = nodes[current].children[component] {
                current = next
                continue
            }
            nodes.append(Node())
            nodes[current].children[component] = nodes.count - 1
            nodes[current].childOrder.append(nodes.count - 1)
            current = nodes.count - 1
        }
        return current
    }
}
