import DVPipeline

/// A diagram as SVG: boxes coloured by state, and a legend of the states.
struct DiagramPicture {
    private enum Measure {
        /// Of a character.
        static let column = 8
        static let box = 34
        static let layer = 84
        static let margin = 24
        static let legend = 40
        /// Parts go side by side up to this width.
        static let shelf = 1200
    }

    private let states: [StageState]
    private var shapes: [String] = []
    private var width = 0
    private var height = 0

    /// `states` by node.
    init(_ diagram: StageDiagram, _ states: [StageState]) {
        self.states = states
        var x = Measure.margin
        var y = Measure.margin + Measure.legend
        var shelfHeight = 0
        for part in diagram.numberedComponents {
            let layout = LayeredLayout(
                widths: part.diagram.nodes.map { $0.name.count + 4 },
                dependents: part.diagram.dependents,
                gap: 3
            )
            let size = Self.size(of: layout)
            if x > Measure.margin, x + size.width > Measure.shelf {
                (x, y, shelfHeight) = (Measure.margin, y + shelfHeight + Measure.margin, 0)
            }
            draw(part, layout, at: (x, y))
            x += size.width + Measure.margin
            shelfHeight = max(shelfHeight, size.height)
            width = max(width, x)
            height = max(height, y + shelfHeight + Measure.margin)
        }
        drawLegend()
    }

    var svg: String {
        let style = StageState.allCases.map {
            ".\($0.name) rect { fill: \($0.colors.fill); stroke: \($0.colors.line) }"
        }
        let head = """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
            viewBox="0 0 \(width) \(height)" role="img" aria-label="Graph of stages">
            <style>
            text { font: 13px monospace; text-anchor: middle; fill: #222 }
            .legend text { text-anchor: start }
            path { fill: none; stroke: #777; stroke-width: 1.2 }
            marker path { fill: #777; stroke: none }
            """
        let marker = """
            </style>
            <defs><marker id="end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" \
            markerHeight="8" orient="auto"><path d="M0 0 L8 4 L0 8 z"/></marker></defs>
            <rect width="100%" height="100%" fill="#fff"/>
            """
        return ([head] + style + [marker] + shapes + ["</svg>"]).joined(separator: "\n")
    }

    private static func size(of layout: LayeredLayout) -> (width: Int, height: Int) {
        (
            layout.width * Measure.column,
            (layout.layers.count - 1) * Measure.layer + Measure.box
        )
    }

    private mutating func draw(
        _ part: NumberedDiagram,
        _ layout: LayeredLayout,
        at origin: (x: Int, y: Int)
    ) {
        for item in layout.items {
            let x = origin.x + Self.middle(of: item)
            let top = origin.y + item.layer * Measure.layer
            let bottom = top + Measure.box
            if item.node == nil { shapes.append(#"<path d="M\#(x) \#(top) L\#(x) \#(bottom)"/>"#) }
            for target in item.below.map({ layout.items[$0] }) {
                let end = (x: origin.x + Self.middle(of: target), y: top + Measure.layer)
                let middle = (bottom + end.y) / 2
                let marker = target.node == nil ? "" : #" marker-end="url(#end)""#
                shapes.append(
                    #"<path d="M\#(x) \#(bottom) C\#(x) \#(middle) \#(end.x) \#(middle) "#
                        + #"\#(end.x) \#(end.y)"\#(marker)/>"#
                )
            }
        }
        for item in layout.items {
            guard let node = item.node else { continue }
            let name = part.diagram.nodes[node].name
            let place = (
                origin.x + item.left * Measure.column, origin.y + item.layer * Measure.layer
            )
            box(name, states[part.numbers[node]], at: place, width: item.width * Measure.column)
        }
    }

    private static func middle(of item: LayeredLayout.Item) -> Int {
        item.left * Measure.column + item.width * Measure.column / 2
    }

    private mutating func box(
        _ name: String,
        _ state: StageState,
        at place: (x: Int, y: Int),
        width: Int
    ) {
        let text = name.escapedForXML
        shapes.append(
            """
            <g class="\(state.name)"><title>\(text): \(state.words)</title>\
            <rect x="\(place.x)" y="\(place.y)" width="\(width)" height="\(Measure.box)" rx="6"/>\
            <text x="\(place.x + width / 2)" y="\(place.y + Measure.box / 2 + 4)">\(text)</text></g>
            """
        )
    }

    private mutating func drawLegend() {
        var x = Measure.margin
        for state in StageState.allCases {
            shapes.append(
                """
                <g class="legend \(state.name)"><rect x="\(x)" y="\(Measure.margin - 8)" width="18" height="18" rx="4"/>\
                <text x="\(x + 26)" y="\(Measure.margin + 6)">\(state.words)</text></g>
                """
            )
            x += 26 + (state.words.count + 3) * Measure.column
        }
        width = max(width, x)
        height = max(height, Measure.margin + Measure.legend)
    }
}

extension StageState {
    fileprivate var name: String { "\(self)" }

    fileprivate var words: String {
        switch self {
        case .upToDate: "up to date"
        case .frozen: "frozen"
        case .pending: "will run because of a stage above"
        case .changed: "changed"
        case .failed: "failed in its last run"
        }
    }

    fileprivate var colors: (fill: String, line: String) {
        switch self {
        case .upToDate: ("#d7f0dd", "#2e7d43")
        case .frozen: ("#d6e8fb", "#2b6cb0")
        case .pending: ("#fff6c2", "#a38a00")
        case .changed: ("#ffdcab", "#b36b00")
        case .failed: ("#fbd0d0", "#c53030")
        }
    }
}

extension String {
    fileprivate var escapedForXML: String {
        replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
