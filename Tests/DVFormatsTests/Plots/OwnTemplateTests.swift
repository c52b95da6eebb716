import DVFormats
import Testing

/// Pictures of templates that users wrote: the exact place of every mark.
@Suite struct OwnTemplateTests {
    private static let rows: DataValue = [
        ["step": 0, "loss": 4, "kind": "a"], ["step": 10, "loss": 2, "kind": "b"],
        ["step": 10, "loss": 4, "kind": "a"],
    ]

    private func picture(
        _ template: DataValue,
        rows: DataValue = rows,
        values: DataValue = "<DVC_METRIC_DATA>"
    ) throws -> PlotPicture {
        var properties = PlotProperties(["x": "step", "y": "loss"])
        properties.title = "Title"
        let data: DataValue = ["data": ["values": values]]
        let assembly = PlotAssembly(
            name: "p.json",
            template: PlotTemplate(
                name: "mine",
                content: .mapping(data.topValues + template.topValues)
            ),
            [.init(revision: "w", inner: "p.json", properties: properties)],
            properties
        ) { _, _ in rows }
        return try PlotPicture(of: assembly.plot)
    }

    /// The values of attributes of all elements of a kind, in order.
    private func values(_ names: String..., of element: String, in picture: PlotPicture)
        -> [[String]]
    {
        let tags = picture.svg(isFile: true).split(separator: "<")
        return tags.filter { $0.hasPrefix(element + " ") }.map { tag in
            names.map { name in
                guard let start = tag.firstRange(of: " \(name)=\"")?.upperBound else { return "" }
                return String(tag[start...].prefix { $0 != "\"" })
            }
        }
    }

    private static let axes: DataValue = [
        "x": ["field": "<DVC_METRIC_X>", "type": "quantitative"],
        "y": ["field": "loss", "type": "quantitative", "title": "Loss"],
    ]

    @Test func `layers have their marks on the same axes`() throws {
        let picture = try picture([
            "title": "<DVC_METRIC_TITLE>", "width": 100, "height": 80, "encoding": Self.axes,
            "layer": [
                ["mark": "line", "encoding": ["color": ["field": "kind"]]],
                ["mark": ["type": "square", "color": "red"]],
            ],
        ])
        #expect(picture.omissions == nil)
        // 100 × 80 pixels from (70, 40); y starts at zero.
        #expect(values("points", of: "polyline", in: picture) == [["70,40 170,40"], ["170,80"]])
        let squares = values("fill", of: "polygon", in: picture)
        #expect(squares == [["red"], ["red"], ["red"]])
        let svg = picture.svg(isFile: true)
        for text in ["Title", "step", "Loss", "a", "b"] { #expect(svg.contains(">\(text)</text>")) }
    }

    @Test func `a rule stands at a value, and an axis need not start at zero`() throws {
        let picture = try picture([
            "height": 100,
            "layer": [
                [
                    "mark": "point",
                    "encoding": [
                        "x": ["field": "step"],
                        "y": [
                            "field": "loss",
                            "type": "quantitative", "scale": ["zero": false],
                        ],
                    ],
                ],
                ["mark": "rule", "encoding": ["y": ["datum": 3]]],
            ],
        ])
        #expect(picture.omissions == nil)
        let rules = values("class", "y1", "y2", of: "line", in: picture).filter { $0[0].isEmpty }
        #expect(Set(rules) == [["", "90", "90"]])
        #expect(values("cy", of: "circle", in: picture) == [["40"], ["140"], ["40"]])
    }

    @Test func `bars count and stack, the first of the legend on top`() throws {
        let picture = try picture([
            "mark": "bar", "width": 100, "height": 80,
            "encoding": [
                "x": ["field": "step", "type": "ordinal"], "color": ["field": "kind"],
                "y": ["aggregate": "sum", "field": "loss"],
            ],
        ])
        #expect(picture.omissions == nil)
        let bars = values("x", "y", "width", "height", of: "rect", in: picture).prefix(3)
        #expect(picture.svg(isFile: true).contains("Sum of loss"))
        // 4 at 0; 2 and above it 4 at 10: 6 are 80 pixels.
        #expect(bars.map { $0[3] } == ["53.33", "26.67", "53.33"])
        #expect(bars.map { $0[1] } == ["66.67", "93.33", "40"])
        #expect(bars.map { $0[2] } == ["40", "40", "40"])
    }

    @Test func `numbers are counted in ranges`() throws {
        let rows: DataValue = [1, 2, 11, 12, 13, 29].map { ["step": $0, "loss": $0] }.list
        let picture = try picture(
            [
                "mark": "bar", "width": 300, "height": 90,
                "encoding": [
                    "x": ["field": "loss", "bin": ["maxbins": 3]], "y": ["aggregate": "count"],
                ],
            ],
            rows: rows
        )
        let bars = values("x", "height", of: "rect", in: picture)
        #expect(bars == [["70.5", "60"], ["170.5", "90"], ["270.5", "30"]])
    }

    @Test func `facets have the same axes, row by row`() throws {
        let picture = try picture([
            "mark": "point", "width": 100, "height": 100,
            "encoding": .mapping(
                Self.axes.topValues + [("column", ["field": "kind"]), ("row", [:])]
            ),
        ])
        #expect(picture.omissions == nil)
        #expect(values("cx", of: "circle", in: picture) == [["70"], ["170"], ["170"]])
        let svg = picture.svg(isFile: true)
        #expect(svg.split(separator: ">4</text>").count == 3)
        #expect(svg.contains(">a</text>") && svg.contains(">b</text>"))
    }

    @Test func `cells are darker for greater numbers, with words on them`() throws {
        let picture = try picture([
            "encoding": ["x": ["field": "step"], "y": ["field": "kind"]],
            "layer": [
                [
                    "mark": "rect",
                    "encoding": ["color": ["field": "loss", "type": "quantitative"]],
                ],
                ["mark": "text", "encoding": ["text": ["field": "loss", "format": ".1f"]]],
            ],
        ])
        let shades = values("fill-opacity", of: "rect", in: picture).prefix(3)
        #expect(Array(shades) == [["1"], ["0.08"], ["1"]])
        #expect(picture.svg(isFile: true).contains(">2.0</text>"))
    }

    @Test func `rows are filtered and summed up before they are drawn`() throws {
        let picture = try picture([
            "mark": "bar", "height": 80,
            "transform": [
                ["filter": ["field": "kind", "equal": "a"]],
                [
                    "aggregate": [["op": "sum", "field": "loss", "as": "all"]],
                    "groupby": ["kind"],
                ],
            ],
            "encoding": ["x": ["field": "kind"], "y": ["field": "all", "type": "quantitative"]],
        ])
        #expect(picture.omissions == nil)
        #expect(values("height", of: "rect", in: picture) == [["80"]])
    }

    static let lacking: [(template: DataValue, feature: String, isMarkOnly: Bool)] = [
        (
            ["mark": "point", "encoding": ["x": ["field": "nope"]]],
            "field nope, which is not in the data", false
        ),
        (["mark": "arc", "encoding": axes], "mark arc", true),
        (["mark": "point", "transform": [["calculate": "1"]]], "transform calculate", true),
        (["repeat": ["a"], "spec": [:]], "repeat", true),
        (["mark": "line", "encoding": axes, "config": [:]], "config", false),
        (["mark": "line", "encoding": axes, "resolve": [:]], "resolve", false),
        (
            ["mark": ["type": "line", "interpolate": "step"], "encoding": axes], "mark interpolate",
            false
        ),
        (
            ["mark": "line", "encoding": ["y": ["field": "loss", "scale": ["type": "sqrt"]]]],
            "encoding y scale type", false
        ),
        (
            ["mark": "line", "encoding": ["y": ["field": "loss", "aggregate": "q1"]]],
            "aggregate q1", false
        ),
        (
            ["mark": "line", "encoding": ["x": ["field": "step", "type": "temporal"]]],
            "encoding x of type temporal", false
        ),
        (["mark": "point", "encoding": ["size": ["field": "loss"]]], "encoding size", false),
    ]

    @Test(arguments: lacking)
    func `what a picture leaves out is told`(
        template: DataValue,
        feature: String,
        isMarkOnly: Bool
    ) throws {
        let omissions = try #require(try picture(template).omissions)
        #expect(omissions.features == [feature] && omissions.isMarkOnly == isMarkOnly)
        #expect(omissions.template == "mine")
    }

    @Test(arguments: PlotTemplate.builtIn.map(\.name))
    func `a copy of DVC's own template leaves nothing out`(name: String) throws {
        let content = try #require(PlotTemplate.builtIn(name)).content
        let pairs = content.topValues.filter { $0.key != "data" }
        #expect(try picture(.mapping(pairs)).omissions == nil)
    }

    @Test(arguments: [
        ("linear", false), ("simple", false), ("scatter", false), ("bar_horizontal", false),
        ("bar_horizontal_sorted", false), ("confusion", true), ("scatter_jitter", true),
    ])
    func `a changed copy of DVC's own template is drawn, or told to be drawn by its mark`(
        name: String,
        isMarkOnly: Bool
    ) throws {
        let content = try #require(PlotTemplate.builtIn(name)).content
        let pairs = content.topValues.filter { !["data", "title"].contains($0.key) }
        let picture = try picture(.mapping(pairs + [("title", "Mine")]))
        #expect(picture.omissions?.isMarkOnly ?? false == isMarkOnly)
        #expect(isMarkOnly || picture.svg(isFile: true).contains(">Mine</text>"))
    }

    @Test func `lines are smoothed over the part of the points that a reader may set`() throws {
        let rows: DataValue = (0..<9).map { ["step": .integer($0), "loss": .integer($0 % 2 * 8)] }
            .list
        func ends(_ near: Double) throws -> [String] {
            let picture = try picture(
                [
                    "mark": "line", "encoding": Self.axes, "height": 80,
                    "params": [["name": "near", "value": .float(near)]],
                    "transform": [
                        ["loess": "loss", "on": "step", "bandwidth": ["signal": "near"]]
                    ],
                ],
                rows: rows
            )
            #expect(picture.omissions == nil)
            let points = values("points", of: "polyline", in: picture).first?.first ?? ""
            return points.split(separator: " ").compactMap { $0.split(separator: ",").last }
                .map(String.init)
        }
        #expect(try ends(0.001) == ["120", "40", "120", "40", "120", "40", "120", "40", "120"])
        let smooth = try ends(1).compactMap(Double.init)
        #expect(smooth.count == 9 && (smooth.max() ?? 99) - (smooth.min() ?? 0) < 30)
    }

    @Test func `equal factors have equal lengths on a scale that is logarithmic`() throws {
        let rows: DataValue = [0.01, 0.1, 10, 0, -1].map { ["step": 0, "loss": .float($0)] }.list
        let axes: DataValue = [
            "y": ["field": "loss", "type": "quantitative", "scale": ["type": "log"]]
        ]
        let picture = try picture(["mark": "point", "encoding": axes, "height": 90], rows: rows)
        #expect(picture.omissions == nil)
        #expect(values("cy", of: "circle", in: picture) == [["130"], ["100"], ["40"]])
        let svg = picture.svg(isFile: true)
        for text in ["0.01", "0.1", "1", "10"] { #expect(svg.contains(">\(text)</text>")) }
        let bars = try self.picture(["mark": "bar", "encoding": axes], rows: rows)
        #expect(bars.omissions?.features == ["mark bar on a scale of type log"])
    }

    @Test func `many ranges are all there`() throws {
        let rows: DataValue = (0..<100).map { ["step": 0, "loss": .integer($0)] }.list
        let picture = try picture(
            [
                "mark": "bar", "height": 100,
                "encoding": [
                    "x": ["field": "loss", "bin": ["maxbins": 100]], "y": ["aggregate": "count"],
                ],
            ],
            rows: rows
        )
        let heights = values("height", of: "rect", in: picture)
        #expect(heights.count == 99 && heights.prefix(98).allSatisfy { $0 == heights[0] })
    }

    @Test func `a template without a place for data is an error`() {
        #expect(throws: PlotTemplateProblem.self) { try picture(["mark": "line"], values: []) }
    }
}

extension [DataValue] {
    fileprivate var list: DataValue { .list(self) }
}
