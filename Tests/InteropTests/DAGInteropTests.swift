import DVTestSupport
import Testing

/// `dag` writes what DVC writes.
@Suite struct DAGInteropTests {
    private static let project = Result { () throws -> TemporaryProject in
        let project = try TemporaryProject(madeBy: .dvc)
        try project.write("1\n", to: "raw")
        try project.write(pipeline, to: "dvc.yaml")
        try project.write(below, to: "sub/dvc.yaml")
        try project.run(.dvswift, "add", "-q", "raw")
        return project
    }

    private static let pipeline = """
        stages:
          prepare:
            cmd: cp raw data && cp raw other
            deps: [raw]
            outs: [data, other]
          train:
            foreach: [a, b]
            do:
              cmd: cp data model-${item}
              deps: [data]
              outs: ["model-${item}"]
          eval:
            cmd: cat model-a model-b > score.json
            deps: [model-a, model-b, other]
            metrics: [score.json: {cache: false}]
          lonely:
            cmd: echo > "odd name"
            outs: ["odd name"]

        """

    private static let below = """
        stages:
          use:
            cmd: cp ../data copy
            deps: [../data]
            outs: [copy]

        """

    @Test(arguments: [
        "--dot", "--mermaid", "--md", "--dot --outs", "--mermaid -o", "eval --dot", "data --dot",
        "prepare --dot --full", "train@a --mermaid --full", "--collapse-foreach-matrix --dot",
        "--collapse-foreach-matrix --md eval", "train --dot", "eval --outs --dot", "raw.dvc --md",
        "sub/dvc.yaml --dot", "sub/dvc.yaml:use --mermaid", "nosuch",
        "--outs --collapse-foreach-matrix", "--cd sub dag --dot", "--cd sub dag --outs --mermaid",
    ])
    func `graphs as text are DVC's to the byte`(options: String) throws {
        let project = try Self.project.get()
        let words = options.split(separator: " ").map(String.init)
        let command = words[0] == "--cd" ? words : ["dag"] + words
        let ours = try project.attempt(.dvswift, command)
        let theirs = try project.attempt(.dvc, command)
        #expect(ours.output == theirs.output)
        #expect(ours.reason == theirs.reason)
    }
}
