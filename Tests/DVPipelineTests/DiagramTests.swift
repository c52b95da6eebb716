import DVPipeline
import DVTestSupport
import Testing

/// Graphs of stages, drawn.
@Suite struct DiagramTests {
    @Test func `boxes are below what they need`() throws {
        let graph = try StageGraph([
            stage("prepare", [], ["data"]),
            stage("train", ["data"], ["model"]),
            stage("test", ["data", "model"], ["score"]),
            stage("other"),
        ])
        let drawing = DiagramDrawing.lines(StageDiagram(stagesOf: graph))
        #expect(
            drawing.joined(separator: "\n") == """
                     +---------+
                     | prepare |
                     +---------+
                          |
                    +-----+-+
                    v       |
                +-------+   |
                | train |   |
                +-------+   |
                    |       |
                    +---+   |
                        +---+
                        v
                    +------+
                    | test |
                    +------+
                +-------+
                | other |
                +-------+
                """
        )
    }

    @Test(arguments: 0..<40)
    func `following the lines of a drawing gives the graph`(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        let count = Int.random(in: 1...14, using: &random)
        let stages = (0..<count).map { number in
            let needed = (0..<number).filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
            return stage("s\(number)", needed.map { "o\($0)" }, ["o\(number)"])
        }
        let diagram = StageDiagram(stagesOf: try StageGraph(stages))
        let lines = DiagramDrawing.lines(diagram)
        let drawn = DrawnLines(lines)
        let expected = diagram.edges
            .map { "\(diagram.nodes[$0.from].name) \(diagram.nodes[$0.to].name)" }
        #expect(drawn.names == diagram.nodes.map { $0.name }.sorted())
        #expect(drawn.edges == expected.sorted(), "\n\(lines.joined(separator: "\n"))")
    }

    @Test(arguments: 0..<40)
    func `in a layout nothing overlaps, and every line goes one layer down`(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        let count = Int.random(in: 1...40, using: &random)
        let dependents = (0..<count).map { node in
            (node + 1..<count + 1).filter {
                $0 < count && Int.random(in: 0..<8, using: &random) == 0
            }
        }
        let widths = (0..<count).map { _ in Int.random(in: 3...20, using: &random) }
        let layout = LayeredLayout(widths: widths, dependents: dependents, gap: 3)
        for layer in layout.layers {
            for (left, right) in zip(layer, layer.dropFirst()) {
                let edge = layout.items[left].left + layout.items[left].width
                #expect(edge + 3 <= layout.items[right].left)
            }
        }
        for item in layout.items {
            #expect(item.below.allSatisfy { layout.items[$0].layer == item.layer + 1 })
        }
        #expect(layout.layers.joined().sorted() == Array(layout.items.indices))
    }

    @Test func `a tree is drawn without crossings`() throws {
        // Every node has two below it, listed so that the first order is a bad one.
        let dependents = (0..<31).map { node in [2 * node + 2, 2 * node + 1].filter { $0 < 31 } }
        let layout = LayeredLayout(
            widths: Array(repeating: 5, count: 31),
            dependents: dependents,
            gap: 3
        )
        #expect(layout.crossings() == 0)
    }

    @Test func `generated stages are one node where that is asked for`() throws {
        let graph = try StageGraph([
            stage("a@1", [], ["x"]), stage("b", ["x", "y"]), stage("a@2", [], ["y"]),
        ])
        let diagram = StageDiagram(stagesOf: graph).collapsed()
        #expect(diagram.nodes.map(\.name) == ["b", "a"])
        #expect(diagram.nodes.map(\.stages) == [[1], [0, 2]])
        #expect(diagram.dependents == [[], [0]])
    }
}
