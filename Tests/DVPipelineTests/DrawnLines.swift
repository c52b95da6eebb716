/// Reads a drawing as a person would: follows each line from a box down to where it ends.
struct DrawnLines {
    private struct Step: Hashable {
        let row: Int
        let column: Int
        /// -1 and 1 to the sides, 0 down.
        let direction: Int
    }

    private let rows: [[Character]]
    /// The row of the name, the columns that the box fills, the name.
    private let boxes: [(row: Int, columns: ClosedRange<Int>, name: String)]

    init(_ lines: [String]) {
        rows = lines.map(Array.init)
        var boxes: [(row: Int, columns: ClosedRange<Int>, name: String)] = []
        for (row, line) in rows.enumerated() {
            for name in line.split(whereSeparator: { "|v+- ".contains($0) }) {
                var (start, end) = (name.startIndex, name.endIndex)
                while line[start] != "|" { start -= 1 }
                while line[end] != "|" { end += 1 }
                boxes.append((row, start...end, String(name)))
            }
        }
        self.boxes = boxes
    }

    var names: [String] { boxes.map(\.name).sorted() }

    /// `from to` for each, sorted.
    var edges: [String] {
        boxes.flatMap { box in
            let starts = box.columns.filter { character(box.row + 2, $0) == "|" }
            return Set(starts.flatMap { ends(from: box.row + 2, $0) }).map { "\(box.name) \($0)" }
        }
        .sorted()
    }

    private func ends(from row: Int, _ column: Int) -> [String] {
        var pending = [Step(row: row, column: column, direction: 0)]
        var seen = Set(pending)
        var ends: [String] = []
        while let step = pending.popLast() {
            if character(step.row, step.column) == "v" {
                ends += boxes.filter {
                    $0.row == step.row + 2 && $0.columns.contains(step.column)
                }.map(\.name)
                continue
            }
            for next in steps(after: step) where seen.insert(next).inserted { pending.append(next) }
        }
        return ends
    }

    /// Straight on; at a joint also down and to the sides.
    private func steps(after step: Step) -> [Step] {
        let isJoint = character(step.row, step.column) == "+"
        let directions =
            isJoint ? [-1, 0, 1].filter { $0 + step.direction != 0 || $0 == 0 } : [step.direction]
        return directions.map {
            Step(
                row: step.row + ($0 == 0 ? 1 : 0),
                column: step.column + $0,
                direction: $0
            )
        }
        .filter { next in
            let found = character(next.row, next.column)
            return next.direction == 0 ? "|v+".contains(found) : "-+|".contains(found)
        }
    }

    private func character(_ row: Int, _ column: Int) -> Character {
        guard rows.indices.contains(row), rows[row].indices.contains(column) else { return " " }
        return rows[row][column]
    }
}
