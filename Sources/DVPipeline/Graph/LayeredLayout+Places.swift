extension LayeredLayout {
    private static let rounds = 6

    /// Gives every item a column near those that it is connected with, in the order of its layer.
    mutating func place() {
        for layer in layers { pack(layer, wanted: layer.map { _ in 0 }) }
        for _ in 0..<Self.rounds {
            for layer in layers.dropFirst() { align(layer, \.above) }
            for layer in layers.dropLast().reversed() { align(layer, \.below) }
        }
        for layer in layers.dropFirst() { align(layer, \.above) }
        let start = items.map(\.left).min() ?? 0
        for item in items.indices { items[item].left -= start }
    }

    private mutating func align(_ layer: [Int], _ side: KeyPath<Item, [Int]>) {
        let wanted = layer.map { item in
            let others = items[item][keyPath: side]
            guard !others.isEmpty else { return Double(items[item].left) }
            let centers = others.map { Double(items[$0].center) }
            return centers.reduce(0, +) / Double(centers.count) - Double(items[item].width / 2)
        }
        pack(layer, wanted: wanted)
    }

    /// Left edges as near to the wanted ones as the order and the gaps allow, in the sense of least squares.
    ///
    /// Items that would overlap are drawn together into blocks, which stand at the mean of what their members want.
    private mutating func pack(_ layer: [Int], wanted: [Double]) {
        var blocks: [(sum: Double, weight: Double, count: Int)] = []
        var offsets: [Int] = []
        var offset = 0
        for (item, wanted) in zip(layer, wanted) {
            // A bent line is worse than a node that is not in the middle.
            let weight = items[item].node == nil ? 4.0 : 1.0
            offsets.append(offset)
            blocks.append(((wanted - Double(offset)) * weight, weight, 1))
            offset += items[item].width + gap
            while blocks.count > 1, let last = blocks.last {
                let previous = blocks[blocks.count - 2]
                guard previous.sum / previous.weight > last.sum / last.weight else { break }
                blocks.removeLast(2)
                blocks.append(
                    (
                        previous.sum + last.sum, previous.weight + last.weight,
                        previous.count + last.count
                    )
                )
            }
        }
        var place = 0
        for block in blocks {
            let start = Int((block.sum / block.weight).rounded())
            for _ in 0..<block.count {
                items[layer[place]].left = start + offsets[place]
                place += 1
            }
        }
    }
}
