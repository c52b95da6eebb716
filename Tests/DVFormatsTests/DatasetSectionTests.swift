import DVFormats
import Testing

/// Edits of `datasets`.
@Suite struct DatasetSectionTests {
    private let images = DatasetDefinition(name: "images", url: "../x", kind: .dvc, revision: "v2")

    @Test func `a dataset is added, and all else stays`() throws {
        let text =
            "# mine\nstages:\n  s: {cmd: a}  # why\ndatasets:\n- {name: b, type: url, url: c}\n"
        let file = try PipelineFile(parsing: Array(text.utf8), file: "dvc.yaml")
        let expected = text + "- name: images\n  url: ../x\n  type: dvc\n  rev: v2\n"
        #expect(try file.setting(images) == Array(expected.utf8))
    }

    @Test func `of a dataset that is there only what differs changes`() throws {
        let text = """
            datasets:
            - name: images   # ours
              owner: me
              url: ../x
              rev: v1
              type: dvc
            - {name: b, type: url, url: c}

            """
        let file = try PipelineFile(parsing: Array(text.utf8), file: "dvc.yaml")
        let expected = text.replacing("v1", with: "v2")
        #expect(try file.setting(images) == Array(expected.utf8))
    }

    @Test func `an entry with references is not changed`() throws {
        let text = "vars: [{u: ../x}]\ndatasets:\n- {name: images, type: dvc, url: '${u}'}\n"
        let file = try PipelineFile.resolving(text)
        #expect(try file.datasets().first?.url == "../x")
        #expect(try file.setting(images) == nil)
    }

    @Test(arguments: [
        ("", "schema: '2.0'\ndatasets:\n<images>stages: {}\n"),
        ("schema: '2.0'\nstages: {}\n", "schema: '2.0'\nstages: {}\ndatasets:\n<images>"),
        (
            "schema: '2.0'\ndatasets:\n- name: a\n  x: 1\nstages: {}\n",
            "schema: '2.0'\ndatasets:\n- name: a\n  x: 1\n<images>stages: {}\n"
        ),
        (
            "schema: '2.0'\ndatasets:\n- name: images\n  rev_lock: old\n- name: a\nstages: {}\n",
            "schema: '2.0'\ndatasets:\n<images>- name: a\nstages: {}\n"
        ),
        (
            "schema: '2.0'\n# why\ndatasets:\n<images>stages: {}\n",
            "schema: '2.0'\n# why\ndatasets:\n<images>stages: {}\n"
        ),
    ])
    func `a state is recorded in the lock file`(before: String, after: String) throws {
        let entry = "- name: images\n  url: ../x\n  type: dvc\n  rev: v2\n  rev_lock: 6f98\n"
        let lock = try #require(DatasetLock(images, [("rev_lock", .string("6f98"))]))
        let text = before.replacing("<images>", with: entry)
        let found = try lock.recorded(in: Array(text.utf8), file: "dvc.lock")
        #expect(String(decoding: found, as: UTF8.self) == after.replacing("<images>", with: entry))
    }

    @Test func `a merge keeps the datasets that only the other side has`() throws {
        let ours = "schema: '2.0'\nstages:\n  a:\n    cmd: x\n"
        let theirs = "schema: '2.0'\ndatasets:\n- name: d\nstages:\n  b:\n    cmd: y\n"
        let merge = try LockMerge(
            ancestor: [],
            ours: Array(ours.utf8),
            theirs: Array(theirs.utf8),
            file: "dvc.lock"
        )
        let text = String(decoding: merge.bytes, as: UTF8.self)
        #expect(text.contains("- name: d\n") && text.contains("  a:\n") && text.contains("  b:\n"))
    }
}
