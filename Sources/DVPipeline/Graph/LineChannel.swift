/// The lines between two layers of a drawing: down from an item, along a row of their own, and down to where they end.
struct LineChannel {
    struct Horizontal {
        var row: Int
        let columns: ClosedRange<Int>
        /// Where it turns.
        let joints: [Int]
    }

    struct Vertical {
        let column: Int
        let rows: Range<Int>
    }

    private struct Line: Hashable {
        let source: Int
        let target: Int
    }

    private(set) var lines: [Horizontal] = []
    private(set) var stems: [Vertical] = []
    private(set) var drops: [Vertical] = []
    /// Columns in which lines reach a box.
    private(set) var ends: [Int] = []
    /// Points of lines that have a new column, as theirs was taken.
    private(set) var movedPoints: [Int: Int] = [:]
    private(set) var height = 2

    private let layout: LayeredLayout
    private let sources: [Int]
    /// Which item has its stem in a column.
    private let stemOwners: [Int: Int]
    private var ports: [Line: Int] = [:]

    init(below layer: Int, in layout: LayeredLayout) {
        self.layout = layout
        sources = layout.layers[layer].filter { !layout.items[$0].below.isEmpty }
        stemOwners = Dictionary(sources.map { (layout.items[$0].center, $0) }) { first, _ in first }
        for target in layout.layers[layer + 1] where !layout.items[target].above.isEmpty {
            choosePorts(of: target)
        }
        layLines()
        drawVerticals()
    }

    /// Columns in which lines reach an item.
    ///
    /// Lines that lead nowhere else share one; a line that also leads elsewhere has its own, or it would seem to take
    /// the others along.
    private mutating func choosePorts(of target: Int) {
        let item = layout.items[target]
        let sources = item.above.sorted { stem(of: $0) < stem(of: $1) }
        let lone = sources.filter { layout.items[$0].below.count == 1 }
        var groups = sources.filter { layout.items[$0].below.count > 1 }.map { [$0] }
        if let first = lone.first {
            let place = groups.firstIndex { stem(of: $0[0]) > stem(of: first) } ?? groups.count
            groups.insert(lone, at: place)
        }
        var free = Set(columns(of: item))
        for (place, group) in groups.enumerated() {
            let ideal = item.center + 2 * place - groups.count + 1
            let best = free.min { cost($0, ideal, group) < cost($1, ideal, group) }
            let column = best ?? item.center
            free.remove(column)
            for source in group { ports[Line(source: source, target: target)] = column }
            if item.node != nil {
                ends.append(column)
            } else if column != item.left {
                movedPoints[target] = column
            }
        }
    }

    /// Where lines may reach it: a point may give way by one column.
    private func columns(of item: LayeredLayout.Item) -> ClosedRange<Int> {
        item.node == nil
            ? item.left - 1...item.left + 1 : item.left + 1...item.left + item.width - 2
    }

    /// How bad a column is for a group of lines: straight down is best, below another's line worst; then by distance.
    private func cost(_ column: Int, _ ideal: Int, _ group: [Int]) -> (Int, Int, Int) {
        let distance = abs(column - ideal)
        guard let owner = stemOwners[column] else { return (1, distance, column) }
        return (group.contains(owner) ? 0 : 2, distance, column)
    }

    private func stem(of source: Int) -> Int { layout.items[source].center }

    private func targetColumns(of source: Int) -> [Int] {
        layout.items[source].below.compactMap { ports[Line(source: source, target: $0)] }
    }

    /// Each item with a turn has one horizontal line; lines that do not touch share rows.
    private mutating func layLines() {
        let spans = sources.map { [stem(of: $0)] + targetColumns(of: $0) }
            .filter { columns in columns.contains { $0 != columns[0] } }
            .map { columns in (start: columns.min() ?? 0, end: columns.max() ?? 0, columns: columns)
            }
            .sorted { ($0.start, $0.end) < ($1.start, $1.end) }
        var rowEnds: [Int] = []
        for span in spans {
            let free = rowEnds.firstIndex { $0 + 1 < span.start }
            if let free { rowEnds[free] = span.end } else { rowEnds.append(span.end) }
            lines.append(
                Horizontal(
                    row: 1 + (free ?? rowEnds.count - 1),
                    columns: span.start...span.end,
                    joints: span.columns
                )
            )
        }
        height = rowEnds.count + 2
    }

    private mutating func drawVerticals() {
        var rowOfStem: [Int: Int] = [:]
        for line in lines { rowOfStem[line.joints[0]] = line.row }
        var tops: [Int: Int] = [:]
        for source in sources {
            let column = stem(of: source)
            let row = rowOfStem[column] ?? 0
            stems.append(Vertical(column: column, rows: 0..<row + 1))
            for port in targetColumns(of: source) { tops[port] = min(tops[port] ?? row, row) }
        }
        drops = tops.map { Vertical(column: $0.key, rows: $0.value..<height) }
    }
}
