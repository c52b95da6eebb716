import DVFormats
import DVTestSupport
import Testing

/// Pictures of tiny data: the exact place of every point.
@Suite struct PlotPictureTests {
    private func plot(
        _ template: String,
        x: String = "x",
        y: String = "y",
        title: String? = nil,
        _ rows: [String: DataValue]
    ) throws -> DataPlot {
        var properties = PlotProperties([
            "x": .string(x), "y": .string(y), "template": .string(template),
        ])
        properties.title = title
        let revisions = rows.keys.sorted()
        let assembly = PlotAssembly(
            name: "p.json",
            template: try #require(PlotTemplate.builtIn(template)),
            revisions.map { .init(revision: $0, inner: "p.json", properties: properties) },
            properties
        ) { revision, _ in rows[revision] }
        #expect(assembly.problems.isEmpty)
        return assembly.plot
    }

    private func svg(_ plot: DataPlot) throws -> String {
        try PlotPicture(of: plot).svg(isFile: true)
    }

    /// The values of an attribute of all elements of a kind, in order.
    private func values(_ attribute: String, of element: String, in svg: String) -> [String] {
        svg.split(separator: "<").filter { $0.hasPrefix(element + " ") }.compactMap { tag in
            guard let start = tag.firstRange(of: " \(attribute)=\"")?.upperBound else { return nil }
            return String(tag[start...].prefix { $0 != "\"" })
        }
    }

    @Test func `a line goes through its points, on axes with round numbers`() throws {
        let rows: DataValue = [["x": 0, "y": 0.0], ["x": 5, "y": 1.0], ["x": 10, "y": 0.5]]
        let picture = try svg(try plot("linear", ["workspace": rows]))
        // 460 × 280 pixels from (70, 40).
        #expect(values("points", of: "polyline", in: picture) == ["70,320 300,40 530,180"])
        #expect(picture.contains(">0.2</text>"))
        #expect(picture.contains(">10</text>"))
        #expect(values("cx", of: "circle", in: picture) == ["70", "300", "530"])
    }

    @Test func `each revision has a line of its own colour, named in the legend`() throws {
        let rows: DataValue = [["x": 0, "y": 0], ["x": 1, "y": 1]]
        let picture = try svg(try plot("simple", ["v1": rows, "v2": rows]))
        let colors = values("stroke", of: "polyline", in: picture)
        #expect(colors.count == 2 && Set(colors).count == 2)
        #expect(picture.contains(">v1</text>") && picture.contains(">v2</text>"))
    }

    @Test func `a line goes along its axis, whatever the order of the data is`() throws {
        let rows: DataValue = [["x": 10, "y": 1], ["x": 0, "y": 0], ["x": 5, "y": 1]]
        let picture = try svg(try plot("linear", ["w": rows]))
        #expect(values("points", of: "polyline", in: picture) == ["70,320 300,40 530,40"])
    }

    @Test func `a value that is no number interrupts the line`() throws {
        let rows: DataValue = [
            ["x": 0, "y": 0], ["x": 1, "y": 1], ["x": 2, "y": .null], ["x": 3, "y": "1"],
            ["x": 4, "y": .float(.nan)],
        ]
        let lines = values("points", of: "polyline", in: try svg(try plot("linear", ["w": rows])))
        #expect(lines.map { $0.split(separator: " ").count } == [2, 1])
    }

    @Test func `names on an axis stand in their order`() throws {
        let rows: DataValue = [["x": "mon", "y": 1], ["x": "tue", "y": 2]]
        let picture = try svg(try plot("scatter", ["w": rows]))
        #expect(values("cx", of: "circle", in: picture) == ["185", "415"])
        #expect(picture.contains(">mon</text>"))
    }

    @Test func `bars are as long as their numbers, the longest first if sorted`() throws {
        let rows: DataValue = [["x": 1, "y": "a"], ["x": 4, "y": "b"], ["x": 2, "y": "c"]]
        func lengths(_ template: String) throws -> [String] {
            let picture = try svg(try plot(template, ["w": rows]))
            let tops = values("y", of: "rect", in: picture).compactMap(Double.init)
            // The last is that of the legend.
            return zip(tops, values("width", of: "rect", in: picture)).dropLast()
                .sorted { $0.0 < $1.0 }.map(\.1)
        }
        #expect(try lengths("bar_horizontal") == ["115", "460", "230"])
        #expect(try lengths("bar_horizontal_sorted") == ["460", "230", "115"])
    }

    @Test func `a confusion matrix counts pairs, also those that never occur`() throws {
        let rows: DataValue = [
            ["x": "cat", "y": "cat"], ["x": "cat", "y": "cat"], ["x": "dog", "y": "cat"],
            ["x": "dog", "y": "dog"],
        ]
        let counts = try svg(try plot("confusion", ["w": rows]))
        #expect(values("fill-opacity", of: "rect", in: counts) == ["1", "0.52", "0.04", "0.52"])
        #expect(counts.contains(">2</text>") && counts.contains(">0</text>"))
        let shares = try svg(try plot("confusion_normalized", ["w": rows]))
        #expect(shares.contains(">0.67</text>") && shares.contains(">0.33</text>"))
    }

    @Test(arguments: PlotTemplate.builtIn.map(\.name))
    func `no text of the data becomes markup`(template: String) throws {
        let evil = "</text><script>\"&\u{1}"
        let rows: DataValue = [["x": .string(evil), "y": .string(evil)], ["x": "b", "y": "c"]]
        let picture = try svg(try plot(template, title: evil, [evil: rows]))
        #expect(!picture.contains("<script>"))
        #expect(!picture.contains("\u{1}"))
        let opened = picture.split(separator: "<text ").count
        #expect(picture.split(separator: "</text>").count == opened)
    }

    @Test(arguments: [
        [1e-9, 3e-9], [-1e300, 1e300], [5, 5], [0, 0], [123_456_789, 123_456_790], [1, .infinity],
    ])
    func `any range of numbers has an axis`(range: [Double]) throws {
        let rows: DataValue = .list(range.map { ["x": .float($0), "y": .float($0)] })
        let picture = try svg(try plot("linear", ["w": rows]))
        let places = values("points", of: "polyline", in: picture)
        #expect(!places.isEmpty && !picture.contains("nan") && !picture.contains("inf\""))
    }

    @Test func `a page holds images as data, in the order of their numbers`() throws {
        var page = PlotPage()
        for name in ["steps/10.png", "steps/2.png"] {
            page.add(
                [PlotImage(revision: "v1", file: name, bytes: Array("abcd".utf8))],
                named: name
            )
        }
        let html = try #require(page.html())
        #expect(html.contains("src=\"data:image/png;base64,YWJjZA==\""))
        let (first, second) = (html.firstRange(of: "steps/2"), html.firstRange(of: "steps/10"))
        #expect(try #require(first).lowerBound < #require(second).lowerBound)
        #expect(!html.contains("http"))
    }

    @Test func `a page template needs a place for plots`() {
        #expect(PlotPage().html(in: "<b>{plot_divs}</b>") == "<b></b>")
        #expect(PlotPage().html(in: "<b></b>") == nil)
    }
}
