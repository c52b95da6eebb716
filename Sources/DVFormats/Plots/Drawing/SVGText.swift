/// Builds the text of an SVG picture.
struct SVGText: Sendable {
    private(set) var text = ""

    /// An element without content.
    mutating func element(_ name: String, _ attributes: [(String, String)]) {
        text += Self.tag(name, attributes) + "/>\n"
    }

    /// An element with a tooltip.
    mutating func element(_ name: String, _ attributes: [(String, String)], title: String) {
        if title.isEmpty { return element(name, attributes) }
        text += Self.tag(name, attributes) + "><title>\(Self.escaped(title))</title></\(name)>\n"
    }

    mutating func text(_ words: String, _ attributes: [(String, String)]) {
        text += Self.tag("text", attributes) + ">" + Self.escaped(words) + "</text>\n"
    }

    /// A circle, square, triangle or diamond: the shapes of points, in that order.
    mutating func shape(
        _ index: Int,
        at place: (x: Double, y: Double),
        size: Double,
        _ look: [(String, String)],
        title: String = ""
    ) {
        let (x, y) = place
        guard index % 4 > 0 else {
            let circle = [("cx", x), ("cy", y), ("r", size)].map { ($0.0, SVGNumber.text($0.1)) }
            return element("circle", circle + look, title: title)
        }
        let (low, high) = (-size, size)
        let corners =
            switch index % 4 {
            case 1: [(low, low), (high, low), (high, high), (low, high)]
            case 2: [(0, low), (high, high), (low, high)]
            default: [(0, low * 1.3), (high * 1.3, 0), (0, high * 1.3), (low * 1.3, 0)]
            }
        let points = Self.points(corners.map { (x: x + $0.0, y: y + $0.1) })
        element("polygon", [("points", points)] + look, title: title)
    }

    /// As lines and areas have them.
    static func points(_ places: [(x: Double, y: Double)]) -> String {
        places.map { SVGNumber.text($0.x) + "," + SVGNumber.text($0.y) }.joined(separator: " ")
    }

    /// Draws `part` with its corner at a point.
    mutating func place(_ part: SVGPart, x: Double, y: Double) {
        text += "<g transform=\"translate(\(SVGNumber.text(x)) \(SVGNumber.text(y)))\">\n"
        text += part.body
        text += "</g>\n"
    }

    private static func tag(_ name: String, _ attributes: [(String, String)]) -> String {
        "<" + name + attributes.map { " \($0)=\"\(escaped($1))\"" }.joined()
    }

    /// For XML and HTML; what XML cannot hold becomes a question mark.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "\"": result += "&quot;"
            case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}":
                result += "?"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

/// A piece of a picture, in pixels from its upper left corner.
struct SVGPart: Sendable {
    let width: Double
    let height: Double
    let body: String

    /// About how wide words are at the size of labels.
    static func width(of words: String) -> Double { Double(words.count) * 6.6 }

    /// Words that fit into so many pixels.
    static func fitted(_ words: String, _ width: Double) -> String {
        let count = max(3, Int(width / 6.6))
        return words.count <= count ? words : words.prefix(count - 1) + "…"
    }

    /// Parts side by side, in lines of at most `columns`.
    static func grid(_ parts: [SVGPart], columns: Int) -> SVGPart {
        var svg = SVGText()
        var (x, y, lineHeight, width) = (0.0, 0.0, 0.0, 0.0)
        for (index, part) in parts.enumerated() {
            if index > 0, index % max(1, columns) == 0 {
                (x, y, lineHeight) = (0, y + lineHeight, 0)
            }
            svg.place(part, x: x, y: y)
            x += part.width
            lineHeight = max(lineHeight, part.height)
            width = max(width, x)
        }
        return SVGPart(width: width, height: y + lineHeight, body: svg.text)
    }
}
