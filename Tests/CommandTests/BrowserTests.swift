import DVTestSupport
import Testing

/// Pages in a real browser, without network.
@Suite struct BrowserTests {
    /// Measures what a reader sees, and what was loaded from elsewhere.
    private static let page = """
        <!DOCTYPE html><html><head>{scripts}</head><body>{plot_divs}<script>
        addEventListener("load", () => {
          const seen = name => [...document.querySelectorAll(name)].filter(element => {
            const box = element.getBoundingClientRect();
            return box.width > 1 && box.height > 1;
          }).length;
          const images = [...document.images].map(image => image.naturalWidth + "x" + image.naturalHeight);
          const loaded = performance.getEntriesByType("resource").filter(entry => !entry.name.startsWith("data:"));
          document.title = ["svg", "polyline", "circle", "text"].map(name => name + " " + seen(name))
            .concat("images " + images, "loaded " + loaded.length).join(", ");
        });
        </script></body></html>
        """

    private func title(of file: String, in project: TemporaryProject) throws -> Substring? {
        let result = try project.attempt([
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
            "--host-resolver-rules=MAP * ~NOTFOUND", "file://\(project.path(file))",
        ])
        try result.checkingSuccess()
        return result.output.firstMatch(of: /<title>([^<]*)<\/title>/)?.1
    }

    @Test func `plots and images are seen, and nothing is loaded`() throws {
        let project = try TemporaryProject()
        try project.write("step,loss\n0,4\n1,2\n", to: "log.csv")
        try project.write(
            "<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'/>",
            to: "a.svg"
        )
        try project.write(Self.page, to: "page.html")
        try project.run(
            .dvswift,
            "plots",
            "show",
            "log.csv",
            "a.svg",
            "--html-template",
            "page.html"
        )
        let title = try title(of: "dvc_plots/index.html", in: project)
        #expect(title?.contains("svg 1, polyline 1, circle 2") == true, "\(title ?? "")")
        #expect(title?.hasSuffix("images 30x20, loaded 0") == true, "\(title ?? "")")
    }

    @Test func `the standard page and an SVG picture are well-formed and complete`() throws {
        let project = try TemporaryProject()
        try project.write("step,loss\n0,4\n1,2\n", to: "log.csv")
        try project.run(.dvswift, "plots", "show", "log.csv")
        #expect(try title(of: "dvc_plots/index.html", in: project) == "DVC Plot")
        try project.run(.dvswift, "plots", "show", "log.csv", "-o", "all.svg")
        let result = try project.attempt([
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
            "file://\(project.path("all.svg"))",
        ])
        #expect(result.output.contains("<polyline") && !result.output.contains("parsererror"))
    }
}
