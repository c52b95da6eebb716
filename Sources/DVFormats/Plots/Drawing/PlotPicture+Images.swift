/// Images as parts of a picture: held by it as data, so that it needs no other file.
extension PlotPicture {
    private static let widthLimit = 480.0
    /// Where an image does not tell its size; it is shown whole within.
    private static let unknownSize = (width: 480.0, height: 360.0)

    /// The same image of several revisions, side by side, for each name; those that are numbered in the order of their
    /// numbers.
    package static func rows(of images: [(name: String, versions: [PlotImage])]) -> [PlotPicture] {
        images.filter { !$0.versions.isEmpty }
            .sorted { PlotPage.order(of: $0.name) < PlotPage.order(of: $1.name) }
            .map { PlotPicture(row($0.versions, named: $0.name)) }
    }

    private static func row(_ versions: [PlotImage], named name: String) -> SVGPart {
        let parts = versions.map { part($0, named: name) }
        let row = SVGPart.grid(parts, columns: parts.count)
        var svg = SVGText()
        svg.text(name, [("x", "16"), ("y", "22"), ("class", "title")])
        svg.place(row, x: 0, y: 32)
        let width = max(row.width, SVGPart.width(of: name) * 1.2 + 32)
        return SVGPart(width: width, height: row.height + 32, body: svg.text)
    }

    private static func part(_ image: PlotImage, named name: String) -> SVGPart {
        let size = ImageSize(of: image.bytes)?.fitted(widthLimit) ?? unknownSize
        var svg = SVGText()
        svg.text(image.revision, [("x", "16"), ("y", "14")])
        let place = [
            ("x", "16"), ("y", "20"), ("width", SVGNumber.text(size.width)),
            ("height", SVGNumber.text(size.height)), ("href", image.dataAddress),
        ]
        svg.element("image", place, title: "\(name) at \(image.revision)")
        return SVGPart(width: size.width + 32, height: size.height + 40, body: svg.text)
    }
}
