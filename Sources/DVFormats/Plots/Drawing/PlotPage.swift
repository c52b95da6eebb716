/// One HTML page with plots and images, which needs nothing but itself.
package struct PlotPage {
    private var plots: [String] = []
    private var images: [(order: (String, Int, String), text: String)] = []

    package init() {}

    package mutating func add(_ picture: PlotPicture, named name: String) {
        plots.append(
            "<section class=\"chart\" id=\"\(Self.identifier(name))\">\n"
                + picture.svg(isFile: false) + "</section>\n"
        )
    }

    /// The same image of several revisions, side by side.
    package mutating func add(_ versions: [PlotImage], named name: String) {
        guard !versions.isEmpty else { return }
        var text = "<section class=\"images\" id=\"\(Self.identifier(name))\">\n"
        text += "<h2>\(SVGText.escaped(name))</h2>\n<div class=\"row\">\n"
        for image in versions {
            let label = SVGText.escaped(image.revision)
            text += "<figure><figcaption>\(label)</figcaption>"
            text +=
                "<img alt=\"\(SVGText.escaped(name)) at \(label)\" src=\"\(image.dataAddress)\">"
            text += "</figure>\n"
        }
        images.append((Self.order(of: name), text + "</div>\n</section>\n"))
    }

    /// Images that are numbered (of one training step after the other) stand in the order of their numbers.
    static func order(of name: String) -> (String, Int, String) {
        let parts = name.split(separator: "/")
        let file = parts.last.map(String.init) ?? name
        let stem = file.split(separator: ".").first ?? ""
        return (parts.dropLast().joined(separator: "/"), Int(stem) ?? -1, file)
    }

    private static func identifier(_ name: String) -> String {
        String(name.map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "_" })
    }

    // MARK: The page

    /// In `template`, what stands in the places of `{plot_divs}`, `{scripts}` and `{refresh_tag}` is filled in; nil if
    /// the first is not in it.
    package func html(in template: String? = nil) -> String? {
        let template = template ?? Self.standard
        guard template.contains("{plot_divs}") else { return nil }
        let sections = plots + images.sorted { $0.order < $1.order }.map(\.text)
        return template.replacing("{refresh_tag}", with: "")
            .replacing("{scripts}", with: "<style>\n\(PlotPicture.style)\(Self.style)</style>")
            .replacing("{plot_divs}", with: sections.joined())
    }

    private static let standard = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta name="color-scheme" content="light dark">
        <title>DVC Plot</title>
        {scripts}
        </head>
        <body>
        {plot_divs}
        </body>
        </html>

        """

    private static let style = """
        body { font: 14px system-ui, "DejaVu Sans", sans-serif; margin: 16px; color: #24292f; background: #f6f8fa; }
        section { display: inline-block; vertical-align: top; margin: 8px; padding: 12px; border: 1px solid #d0d7de; border-radius: 8px; background: #ffffff; max-width: 100%; box-sizing: border-box; overflow-x: auto; }
        section.images { display: block; }
        section h2 { font-size: 14px; margin: 0 0 8px; }
        .row { display: flex; gap: 12px; overflow-x: auto; }
        figure { margin: 0; }
        figcaption { margin-bottom: 4px; }
        img { max-width: 480px; border: 1px solid #d0d7de; background: #ffffff; }
        @media (prefers-color-scheme: dark) {
          body { color: #d0d7de; background: #0d1117; }
          section { background: #161b22; border-color: #30363d; }
          img { border-color: #30363d; }
        }

        """
}

extension PlotImage {
    /// The image itself in the form of an address.
    var dataAddress: String {
        "data:\(Self.mediaType(of: file) ?? "image/png");base64,\(Base64.text(of: bytes))"
    }
}
