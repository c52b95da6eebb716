import DVTestSupport
import Testing

/// What users say about their data, through the real binary.
@Suite struct DataListTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
        let model = """
            outs:
            - md5: d41d8cd98f00b204e9800998ecf8427e
              size: 0
              hash: md5
              path: model.pkl
              desc: the one in use
              type: model
              labels:
              - production
              - fast

            """
        try project.write(model, to: "model.pkl.dvc")
        let pipeline = """
            stages:
              split:
                cmd: split
                outs:
                - part:
                    type: dataset
                    labels: [fast]
                - rest

            """
        try project.write(pipeline, to: "sub/dvc.yaml")
    }

    private func list(_ options: String...) throws -> String {
        try project.run(.dvswift, ["data", "ls"] + options)
    }

    @Test func `outputs are listed with type, labels and description`() throws {
        #expect(
            try list() == """
                Path       Type     Labels           Description
                model.pkl  model    production,fast  the one in use
                sub/part   dataset  fast             -
                sub/rest   -        -                -

                """
        )
        #expect(
            try list("model.pkl.dvc", "--md") == """
                | Path      | Type   | Labels          | Description    |
                |-----------|--------|-----------------|----------------|
                | model.pkl | model  | production,fast | the one in use |


                """
        )
    }

    @Test(arguments: [
        (["--type", "model,other"], ["model.pkl"]),
        (["--labels", "fast"], ["model.pkl", "sub/part"]),
        (["--labels", "slow", "--labels", "production"], ["model.pkl"]),
        (["--type", "dataset", "--labels", "production"], []),
        (["-R", "sub"], ["sub/part", "sub/rest"]),
        (["sub/part"], ["sub/part"]),
    ])
    func `types, labels and targets choose`(options: [String], paths: [String]) throws {
        let lines = try project.run(.dvswift, ["data", "ls"] + options).split(separator: "\n")
        let found = lines.dropFirst().map { String($0.prefix { $0 != " " }) }
        #expect(found == paths)
    }

    @Test func `JSON has every field`() throws {
        let answer = try list("--json", "sub/dvc.yaml")
        let part = #"{"path": "sub/part", "type": "dataset", "labels": ["fast"], "desc": null}"#
        let rest = #"{"path": "sub/rest", "type": null, "labels": [], "desc": null}"#
        #expect(answer == "[\(part), \(rest)]\n")
        #expect(try project.attempt(.dvswift, "data", "ls", "nope").status == 255)
    }
}
