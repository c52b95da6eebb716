import DVSystem
import DVTestSupport
import Testing

/// Plots through the real binary.
@Suite struct PlotsTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
        try project.write("step,loss\n0,4\n1,2\n", to: "log.csv")
        try project.write("plots:\n- log.csv: {x: step, y: loss}\n", to: "dvc.yaml")
    }

    private func plots(_ arguments: String...) throws -> ProgramResult {
        try project.attempt(.dvswift, ["plots"] + arguments)
    }

    @Test func `show writes one page that needs no network, and prints its address`() throws {
        let result = try plots("show")
        #expect(result.output == "file://\(project.path("dvc_plots/index.html"))\n")
        let html = try project.text(of: "dvc_plots/index.html")
        #expect(html.contains("70,40 530,320"))
        #expect(!html.contains("<script") && !html.contains("src=\"http"))
    }

    @Test func `an address has no characters that addresses cannot have`() throws {
        let result = try plots("show", "-o", "my plots ü")
        #expect(result.output.hasSuffix("/my%20plots%20%C3%BC/index.html\n"))
    }

    @Test func `out may be one SVG picture`() throws {
        try plots("show", "-o", "out/picture.svg").checkingSuccess()
        let svg = try project.text(of: "out/picture.svg")
        #expect(svg.hasPrefix("<svg xmlns") && svg.contains("70,40 530,320"))
        try project.attempt([
            "python3", "-c",
            "import sys, xml.dom.minidom; xml.dom.minidom.parse('out/picture.svg')",
        ])
        .checkingSuccess()
    }

    @Test func `an image that is defined and a target too is shown once`() throws {
        let svg = #"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>"#
        try project.write(svg, to: "images/one.svg")
        try project.write("plots: [images]\n", to: "dvc.yaml")
        try project.commitAll("first")
        let answer = try plots("diff", "HEAD", "--targets", "images", "images/one.svg", "--json")
        #expect(answer.output.split(separator: #""images/one.svg":"#).count == 2)
        #expect(answer.output.split(separator: #""revisions""#).count == 3)
        try plots("show", "images").checkingSuccess()
        let html = try project.text(of: "dvc_plots/index.html")
        #expect(html.split(separator: "<img").count == 2)
    }

    @Test func `a revision that is not there ends it, whatever its name looks like`() throws {
        try project.commitAll("first")
        for name in ["a", "nope"] {
            let result = try plots("diff", name)
            #expect(result.status == 1)
            #expect(result.errors.contains("unknown Git revision '\(name)'"))
        }
    }

    @Test func `data of a revision comes from Git and the cache, and nothing is checked out`()
        throws
    {
        try project.write("acc\n1\n3\n", to: "data/acc.csv")
        try project.run(.dvswift, "add", "-q", "data")
        try project.commitAll("first")
        try project.run(.git, "tag", "v1")
        try project.write("acc\n9\n8\n", to: "data/acc.csv")
        try project.run(.dvswift, "add", "-q", "data")
        try project.commitAll("second")
        try project.remove("data")
        let before = try project.tree()
        let result = try plots("diff", "v1", "HEAD", "--targets", "data/acc.csv", "--json")
        #expect(result.output.contains(#"{"acc": "1", "step": 0, "rev": "v1"}"#))
        #expect(result.output.contains(#"{"acc": "8", "step": 1, "rev": "HEAD"}"#))
        #expect(try project.tree() == before)
    }

    @Test func `what the cache lacks comes from the remote, or is missing`() throws {
        try project.run(.dvswift, "remote", "add", "-d", "storage", project.remote.string)
        try project.write("a\n1\n2\n", to: "kept.csv")
        try project.run(.dvswift, "add", "-q", "kept.csv")
        try project.run(.dvswift, "push", "-q")
        try project.write("a\n3\n4\n", to: "lost.csv")
        try project.run(.dvswift, "add", "-q", "lost.csv")
        for name in ["kept.csv", "lost.csv", ".dvc/cache"] { try project.remove(name) }
        #expect(try plots("show", "kept.csv", "--json").output.contains(#""a": "2""#))
        let lost = try plots("show", "lost.csv", "--json")
        #expect(lost.status == 0)
        #expect(lost.output.contains(#""type": "FileNotFoundError""#))
    }

    @Test func `images of revisions stand side by side`() throws {
        try project.write("plots: [images]\n", to: "dvc.yaml")
        try project.write("old", to: "images/1.png")
        try project.commitAll("first")
        try project.write("new", to: "images/1.png")
        try plots("diff").checkingSuccess()
        let html = try project.text(of: "dvc_plots/index.html")
        #expect(html.contains("base64,b2xk") && html.contains("base64,bmV3"))
    }

    @Test(arguments: [
        ("mixed.json", #"[{"a": 1}, {"b": 2}]"#, "has mixed fields: point 2 has some"),
        ("numbers.json", "[1, 2]", "expected a list of mappings"),
        ("bad.json", "[{", "JSON file structure is corrupted"),
        ("notes.txt", "hello", "Only JSON, YAML, CSV and TSV"),
        ("later.json", #"[{"a": 1}, {"a": 2, "b": 2}]"#, "has mixed fields: point 2 has some"),
        ("ragged.csv", "a,b\n1,2\n1,2,3\n", "has mixed fields: point 2 has some"),
    ])
    func `data that cannot be plotted is told, and the rest is shown`(
        file: String,
        text: String,
        message: String
    ) throws {
        try project.write(text, to: file)
        let result = try plots("show", "log.csv", file)
        #expect(result.status == 0)
        #expect(result.errors.contains(message), "\(result)")
        #expect(try project.text(of: "dvc_plots/index.html").contains("70,40 530,320"))
    }

    @Test func `a field that is not there is told with those that are`() throws {
        let result = try plots("show", "log.csv", "-y", "nope")
        let message = "Could not find provided field ('nope') in data fields ('step, loss')."
        #expect(result.errors.contains("In 'workspace', \(message)"))
    }

    @Test(arguments: [
        (["show", "--show-vega"], 1, "please specify a target"),
        (["show", "log.csv", "-t", "nope"], 255, "Template 'nope' not found"),
        (["diff", "nope"], 1, "unknown Git revision 'nope'"),
        (["templates", "nope"], 1, "Unexpected template: nope."),
        (["modify", "nope.csv", "-x", "a"], 255, "Unable to find DVC file with output 'nope.csv'"),
        (["show", "nope.csv"], 0, "'nope.csv' is neither a plot nor a file"),
    ])
    func `failures have DVC's exit codes`(arguments: [String], status: Int32, message: String)
        throws
    {
        try project.commitAll("first")
        let result = try project.attempt(.dvswift, ["plots"] + arguments)
        #expect(result.status == status)
        #expect(result.errors.contains(message), "\(result)")
        #expect(try !project.exists("dvc_plots"))
    }

    @Test func `a page template gets the plots`() throws {
        try project.write("<h1>Mine</h1>{plot_divs}", to: "page.html")
        try plots("show", "--html-template", "page.html").checkingSuccess()
        let html = try project.text(of: "dvc_plots/index.html")
        #expect(html.hasPrefix("<h1>Mine</h1><section"))
        try project.write("<h1>Mine</h1>", to: "page.html")
        let result = try plots("show", "--html-template", "page.html")
        #expect(result.status == 255 && result.errors.contains("{plot_divs}"))
    }

    @Test(arguments: [("true", 0), ("false", 1), ("no-such-browser", 1)])
    func `the page is opened if asked to`(browser: String, status: Int32) throws {
        let result = try project.attempt(
            .dvswift,
            ["plots", "show", "--open"],
            adding: ["BROWSER": browser]
        )
        #expect(result.status == status)
        #expect(result.errors.contains("Failed to open") == (status != 0), "\(result)")
    }

    @Test func `settings say where pages go`() throws {
        try project.run(.dvswift, "config", "plots.out_dir", "pages")
        try project.run(.dvswift, "config", "plots.html_template", "page.html")
        try project.write("<p>{plot_divs}", to: ".dvc/page.html")
        try plots("show").checkingSuccess()
        #expect(try project.text(of: "pages/index.html").hasPrefix("<p><section"))
    }

    @Test func `a picture holds images as data, in their size`() throws {
        try project.write("<svg width=\"30\" height='20px'/>", to: "a.svg")
        try project.write("no image", to: "b.png")
        try plots("show", "log.csv", "a.svg", "b.png", "-o", "all.svg").checkingSuccess()
        let svg = try project.text(of: "all.svg")
        #expect(svg.contains("70,40 530,320"))
        #expect(svg.contains(#"width="30" height="20" href="data:image/svg+xml;base64,"#))
        #expect(svg.contains(#"width="480" height="360" href="data:image/png;base64,"#))
    }

    @Test func `what a user's template says is drawn, and what is not is told`() throws {
        let data = #""data": {"values": "<DVC_METRIC_DATA>"}"#
        let axes = #""x": {"field": "step", "type": "quantitative"}"#
        let bars =
            #"{\#(data), "mark": "bar", "encoding": {\#(axes), "y": {"aggregate": "count"}}}"#
        try project.write(bars, to: ".dvc/plots/bars.json")
        let plain = try plots("show", "log.csv", "-t", "bars")
        #expect(plain.status == 0 && !plain.errors.contains("WARNING"), "\(plain)")
        #expect(try project.text(of: "dvc_plots/index.html").contains("Count of Records"))
        let size = #""size": {"field": "loss"}, "y": {"field": "loss", "scale": {"type": "pow"}}"#
        let odd = #"{\#(data), "mark": "point", "encoding": {\#(axes), \#(size)}}"#
        try project.write(odd, to: ".dvc/plots/odd.json")
        let told = try plots("show", "log.csv", "-t", "odd")
        let features = "encoding size, encoding y scale type"
        #expect(told.status == 0)
        #expect(
            told.errors.contains("'odd' is drawn without parts: dvswift does not draw \(features)"),
            "\(told)"
        )
        #expect(told.errors.contains("--show-vega"))
        #expect(try !plots("show", "log.csv", "-t", "odd", "--json").errors.contains("WARNING"))
    }

    @Test func `modify edits one stage, and all else stays`() throws {
        let text = """
            stages:
              a: # first
                cmd: "true"
                outs: [log.csv]
              b:
                cmd: 'false'

            """
        try project.write(text, to: "dvc.yaml")
        try plots("modify", "log.csv", "-x", "step", "-t", "smooth").checkingSuccess()
        let changed = try project.text(of: "dvc.yaml")
        #expect(changed.contains("a: # first") && changed.hasSuffix("cmd: 'false'\n"))
        let shown = try plots("show", "log.csv", "--show-vega")
        #expect(shown.output.contains(#""loess": "loss", "on": "step""#), "\(shown)")
        try plots("modify", "log.csv", "--unset", "x", "template").checkingSuccess()
        #expect(try !project.text(of: "dvc.yaml").contains("smooth"))
    }
}
