/// A diagram in plain characters: boxes with names, lines from what is needed down to what needs it.
///
/// A `+` joins lines, a `v` is where one ends; lines that only cross pass each other.
package struct DiagramDrawing {
    private static let boxHeight = 3
    private let diagram: StageDiagram
    private var layout: LayeredLayout
    private var rows: [[Character]] = []

    /// The parts of the diagram below each other.
    package static func lines(_ diagram: StageDiagram) -> [String] {
        diagram.components.flatMap { part in
            var drawing = DiagramDrawing(part)
            return drawing.lines()
        }
    }

    private init(_ diagram: StageDiagram) {
        self.diagram = diagram
        layout = LayeredLayout(
            widths: Self.widths(diagram),
            dependents: diagram.dependents,
            gap: 3
        )
    }

    /// Room for the names, and for the lines that reach the boxes.
    private static func widths(_ diagram: StageDiagram) -> [Int] {
        var shared = Array(repeating: 0, count: diagram.nodes.count)
        for edge in diagram.edges where diagram.dependents[edge.from].count > 1 {
            shared[edge.to] += 1
        }
        return zip(diagram.nodes, shared).map { max($0.name.count + 4, 2 * $1 + 5) }
    }

    private mutating func lines() -> [String] {
        for layer in layout.layers.indices {
            let top = rows.count
            extend(by: Self.boxHeight)
            for item in layout.layers[layer] { draw(layout.items[item], at: top) }
            if layer < layout.layers.count - 1 { drawLines(below: layer) }
        }
        return rows.map { row in
            String(row[..<((row.lastIndex { $0 != " " } ?? -1) + 1)])
        }
    }

    private mutating func draw(_ item: LayeredLayout.Item, at top: Int) {
        guard let node = item.node else {
            for row in top..<top + Self.boxHeight { rows[row][item.left] = "|" }
            return
        }
        let edge = "+" + String(repeating: "-", count: item.width - 2) + "+"
        write(edge, at: top, item.left)
        write("|", at: top + 1, item.left)
        let name = diagram.nodes[node].name
        write(name, at: top + 1, item.left + (item.width - name.count) / 2)
        write("|", at: top + 1, item.left + item.width - 1)
        write(edge, at: top + 2, item.left)
    }

    private mutating func drawLines(below layer: Int) {
        let channel = LineChannel(below: layer, in: layout)
        for (point, column) in channel.movedPoints { layout.items[point].left = column }
        let top = rows.count
        extend(by: channel.height)
        for line in channel.lines {
            for column in line.columns { rows[top + line.row][column] = "-" }
        }
        for line in channel.stems + channel.drops {
            for row in line.rows { rows[top + row][line.column] = "|" }
        }
        for line in channel.lines {
            for column in line.joints { rows[top + line.row][column] = "+" }
        }
        for column in channel.ends { rows[rows.count - 1][column] = "v" }
    }

    private mutating func extend(by count: Int) {
        // Points may have moved one column beyond the last box.
        let row = Array(repeating: Character(" "), count: layout.width + 2)
        rows += Array(repeating: row, count: count)
    }

    private mutating func write(_ text: String, at row: Int, _ column: Int) {
        for (offset, character) in text.enumerated() { rows[row][column + offset] = character }
    }
}
