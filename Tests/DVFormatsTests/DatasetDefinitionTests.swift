import DVFormats
import Testing

/// The section `datasets` of a `dvc.yaml`.
@Suite struct DatasetDefinitionTests {
    @Test(arguments: [
        ("- nam: a\n  type: dvc\n  url: b\n", 2, 3, "unknown key, did you mean 'name'?"),
        ("- name: a\n  type: dvd\n  url: b\n", 3, 9, "did you mean 'dvc'?"),
        ("- name: a\n  type: dvc\n", 2, 3, "the key 'url' is missing"),
        ("- name: [a]\n  type: dvc\n  url: b\n", 2, 9, "expected text"),
        ("- name: a\n  type: dvc\n  url: b\n  rev: 1\n", 5, 8, "expected text"),
        ("- images\n", 2, 3, "expected a mapping with 'name', 'type' and 'url'"),
        ("  a: b\n", 2, 3, "expected a list of datasets"),
    ])
    func `a wrong entry is told with its place`(
        text: String,
        line: Int,
        column: Int,
        problem: String
    ) throws {
        let error = #expect(throws: FormatError.self) {
            _ = try PipelineFile(parsing: Array("datasets:\n\(text)".utf8), file: "dvc.yaml")
        }
        #expect(error?.line == line)
        #expect(error?.column == column)
        #expect(error?.problem.contains(problem) == true, "\(error?.problem ?? "")")
    }

    @Test
    func `unknown keys are kept, and an entry with references is checked when they are known`()
        throws
    {
        let text = "datasets:\n- {name: a, type: '${t}', url: b, owner: me}\n"
        let file = try PipelineFile(parsing: Array(text.utf8), file: "dvc.yaml")
        #expect(throws: FormatError.self) { _ = try file.datasets() }
    }

    @Test func `what differs in no field that counts is the same state`() throws {
        func lock(_ more: [(key: String, value: DataValue)]) -> DatasetLock? {
            DatasetLock(
                .mapping(
                    [
                        ("name", .string("a")), ("url", .string("s3://b")),
                        ("type", .string("url")),
                    ] + more
                )
            )
        }
        let plain = lock([("meta", .mapping([("size", .integer(1))]))])
        let more = lock([
            ("meta", .mapping([("remote", .string("r")), ("size", .integer(1))])),
            ("files", .list([])), ("note", .string("x")),
        ])
        #expect(plain != nil && plain == more)
        #expect(lock([]) == nil)
    }
}
