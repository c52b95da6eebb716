/// Where the nodes of a graph without cycles are drawn: in layers, everything below what it needs.
///
/// After Sugiyama: layers by the longest way, an order within layers with few crossings, then places near what they are
/// connected with. A line that passes layers has a point in each; lines from one node share their points.
package struct LayeredLayout: Sendable {
    /// A node, or a point of lines that pass its layer.
    package struct Item: Sendable {
        /// Nil for a point.
        package let node: Int?
        package let layer: Int
        package let width: Int
        /// The left edge, in columns.
        package internal(set) var left = 0
        /// Items of the next layer that lines lead to.
        package internal(set) var below: [Int] = []
        var above: [Int] = []

        package var center: Int { left + width / 2 }
    }

    /// The nodes first, then the points.
    package internal(set) var items: [Item]
    /// The items of each layer from left to right.
    package internal(set) var layers: [[Int]] = []
    let gap: Int

    package var width: Int { items.map { $0.left + $0.width }.max() ?? 0 }

    /// `dependents` has for each node those below it; `gap` columns at least are between neighbors.
    package init(widths: [Int], dependents: [[Int]], gap: Int) {
        self.gap = gap
        let levels = Self.levels(dependents)
        items = widths.enumerated().map { Item(node: $0, layer: levels[$0], width: $1) }
        for (node, targets) in dependents.enumerated() {
            connect(node, targets.filter { $0 != node })
        }
        layers = Array(repeating: [], count: (levels.max() ?? -1) + 1)
        arrange()
        place()
    }

    /// The length of the longest way to each node; what needs nothing is right above what needs it.
    private static func levels(_ dependents: [[Int]]) -> [Int] {
        var search = DepthFirstSearch(count: dependents.count)
        for node in dependents.indices { search.visit(from: node) { dependents[$0] } }
        var levels = Array(repeating: 0, count: dependents.count)
        var isStart = Array(repeating: true, count: dependents.count)
        for node in search.postorder.reversed() {
            for target in dependents[node] where target != node {
                levels[target] = max(levels[target], levels[node] + 1)
                isStart[target] = false
            }
        }
        for (node, targets) in dependents.enumerated() where isStart[node] {
            levels[node] = max(0, (targets.map { levels[$0] }.min() ?? 1) - 1)
        }
        return levels
    }

    private mutating func connect(_ node: Int, _ targets: [Int]) {
        let targets = targets.sorted { items[$0].layer < items[$1].layer }
        var last = node
        for target in targets {
            while items[last].layer < items[target].layer - 1 {
                items.append(Item(node: nil, layer: items[last].layer + 1, width: 1))
                link(last, items.count - 1)
                last = items.count - 1
            }
            link(last, target)
        }
    }

    private mutating func link(_ upper: Int, _ lower: Int) {
        items[upper].below.append(lower)
        items[lower].above.append(upper)
    }
}
