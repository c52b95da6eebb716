import DVTestSupport
import Testing

/// Pictures of pipelines.
@Suite struct DAGTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject(madeBy: .dvswift)
        try project.write(
            """
            stages:
              first: {cmd: echo 1 > a, deps: [in], outs: [a]}
              second: {cmd: cp a b, deps: [a], outs: [b]}
              broken: {cmd: "exit 3", deps: [in], outs: [c]}
              kept: {cmd: cp b d, deps: [b], outs: [d]}

            """,
            to: "dvc.yaml"
        )
        try project.write("x", to: "in")
    }

    private func states() throws -> [String: String] {
        let picture = try project.run(.dvswift, "dag", "--svg")
        let titles = picture.split(separator: "\n").compactMap { line in
            line.firstRange(of: "<title>").flatMap { start in
                line.firstRange(of: "</title>").map {
                    line[start.upperBound..<$0.lowerBound].split(separator: ": ").map(String.init)
                }
            }
        }
        return Dictionary(uniqueKeysWithValues: titles.map { ($0[0], $0[1]) })
    }

    @Test func `a picture says what is up to date, changed, next, frozen and failed`() throws {
        _ = try project.attempt(.dvswift, "repro", "-q", "-k")
        #expect(
            try states() == [
                "first": "up to date", "second": "up to date", "kept": "up to date",
                "broken": "failed in its last run",
            ]
        )
        try project.run(.dvswift, "freeze", "kept")
        try project.write("y", to: "in")
        #expect(
            try states() == [
                "first": "changed", "second": "will run because of a stage above",
                "kept": "frozen", "broken": "failed in its last run",
            ]
        )
        let text = try project.text(of: "dvc.yaml")
        try project.write(text.replacing("exit 3", with: "echo > c"), to: "dvc.yaml")
        try project.run(.dvswift, "repro", "-q")
        #expect(try states()["broken"] == "up to date")
    }

    @Test func `a page holds the picture and needs nothing else`() throws {
        try project.run(.dvswift, "dag", "--html", "--output", "page.html", "second")
        let page = try project.text(of: "page.html")
        #expect(page.hasPrefix("<!DOCTYPE html>"))
        #expect(page.contains(">second</text>"))
        #expect(!page.contains(">broken</text>"))
        #expect(!page.contains("href") && !page.contains("src="))
    }
}
