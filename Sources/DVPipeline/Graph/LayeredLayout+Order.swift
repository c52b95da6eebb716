extension LayeredLayout {
    /// Beyond this many items neighbors are not tried the other way round.
    private static let carefulLimit = 500
    private static let sweeps = 12

    /// Finds an order with few crossings.
    mutating func arrange() {
        var search = DepthFirstSearch(count: items.count)
        for item in items.indices where items[item].above.isEmpty {
            search.visit(from: item) { items[$0].below.reversed() }
        }
        for item in search.postorder.reversed() { layers[items[item].layer].append(item) }
        var best = layers
        var fewest = crossings()
        for sweep in 0..<Self.sweeps where fewest > 0 {
            let isDownward = sweep.isMultiple(of: 2)
            var positions = positions()
            for layer in isDownward ? Array(layers.indices) : layers.indices.reversed() {
                sort(layer, isDownward ? \.above : \.below, &positions)
            }
            if items.count <= Self.carefulLimit { switchNeighbors() }
            let count = crossings()
            if count < fewest { (best, fewest) = (layers, count) }
        }
        layers = best
    }

    /// Sorts a layer by the mean positions of what its items are connected with; those without stay where they are.
    private mutating func sort(
        _ layer: Int,
        _ side: KeyPath<Item, [Int]>,
        _ positions: inout [Int]
    ) {
        let weights = layers[layer].map { item -> Double in
            let others = items[item][keyPath: side].map { Double(positions[$0]) }
            guard !others.isEmpty else { return Double(positions[item]) }
            return others.reduce(0, +) / Double(others.count)
        }
        let order = weights.indices.sorted { (weights[$0], $0) < (weights[$1], $1) }
        layers[layer] = order.map { layers[layer][$0] }
        for (place, item) in layers[layer].enumerated() { positions[item] = place }
    }

    private mutating func switchNeighbors() {
        let positions = positions()
        for layer in layers.indices {
            for place in layers[layer].indices.dropFirst() {
                let (left, right) = (layers[layer][place - 1], layers[layer][place])
                func count(_ first: Int, _ second: Int) -> Int {
                    [\Item.above, \Item.below].map { side in
                        Self.inversions(
                            items[first][keyPath: side].map { positions[$0] },
                            items[second][keyPath: side].map { positions[$0] }
                        )
                    }
                    .reduce(0, +)
                }
                if count(right, left) < count(left, right) {
                    layers[layer].swapAt(place - 1, place)
                }
            }
        }
    }

    /// How often something on the left is connected further to the right than something on the right.
    private static func inversions(_ left: [Int], _ right: [Int]) -> Int {
        left.reduce(0) { sum, one in sum + right.count { one > $0 } }
    }

    private func positions() -> [Int] {
        var positions = Array(repeating: 0, count: items.count)
        for layer in layers {
            for (place, item) in layer.enumerated() { positions[item] = place }
        }
        return positions
    }

    /// How many pairs of lines cross.
    package func crossings() -> Int {
        let positions = positions()
        return layers.dropLast().map { layer in
            let ends = layer.flatMap { items[$0].below.map { positions[$0] }.sorted() }
            return Self.inversions(in: ends)
        }
        .reduce(0, +)
    }

    /// Counts with a tree of sums, in O(n log n).
    private static func inversions(in values: [Int]) -> Int {
        var sums = Array(repeating: 0, count: (values.max() ?? 0) + 2)
        var count = 0
        for (seen, value) in values.enumerated() {
            var index = value + 1
            var notGreater = 0
            while index > 0 {
                notGreater += sums[index]
                index -= index & -index
            }
            count += seen - notGreater
            index = value + 1
            while index < sums.count {
                sums[index] += 1
                index += index & -index
            }
        }
        return count
    }
}
