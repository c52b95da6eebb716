import DVFormats
import DVHashing
import Testing

@Suite struct PointerFileTests {
    /// Written by DVC 3.67.1 for an executable file and a directory, an import of another repository, and by DVC 2.
    static let written = [
        "outs:\n- md5: b026324c6904b2a9cb4b88d6d61c81d1\n  size: 2\n  isexec: true\n  hash: md5\n  path: f\n",
        "outs:\n- md5: 3a3cb1b4f1b0e2b4c9a6ec0a1d5d2b33.dir\n  size: 4\n  nfiles: 2\n  hash: md5\n  path: dd\n",
        "outs:\n- md5: b026324c6904b2a9cb4b88d6d61c81d1\n  size: 2\n  path: f\n",
        "md5: ba2ad94a4a71de51d47d2bfabfbe6061\nfrozen: true\ndeps:\n- etag: 15452f415f0a50b61ebe9506663bd0b8\n  size: 9\n  hash: md5\n  path: s3://bkt/a\n  fs_config:\n    region: eu\n    endpointurl: http://h\nouts:\n- md5: 15452f415f0a50b61ebe9506663bd0b8\n  size: 9\n  hash: md5\n  path: a\n",
        "frozen: true\ndeps:\n- checksum: '\"6b0621e7-4\"'\n  size: 4\n  hash: md5\n  path: http://h/a\nouts:\n- hash: md5\n  path: a\n",
        "desc: top\nfrozen: true\nouts:\n- hash: md5\n  path: f\n  desc: d\n  type: t\n  labels:\n  - a\n  - b\n  meta:\n    k: 1\n  cache: false\n  persist: true\n  remote: r\n  push: false\nmeta:\n  x: y\n",
    ]

    @Test(arguments: written)
    func `a pointer is written with the bytes of DVC`(text: String) throws {
        let pointer = try PointerFile(parsing: Array(text.utf8), file: "f.dvc")
        #expect(String(decoding: pointer.serialized(), as: UTF8.self) == text)
    }

    private func rewriting(
        _ text: String,
        _ change: (inout PointerFile) -> Void
    ) throws -> String {
        let bytes = Array(text.utf8)
        var pointer = try PointerFile(parsing: bytes, file: "f.dvc")
        change(&pointer)
        return String(
            decoding: try pointer.serialized(updating: bytes, file: "f.dvc"),
            as: UTF8.self
        )
    }

    @Test func `an import that loses its data keeps the rest, and its version follows`() throws {
        let head = "deps:\n- path: f\n  repo:\n    url: ../x\n    rev_lock: "
        let text = try rewriting(
            "md5: old\nfrozen: true\n\(head)abc\nouts:\n"
                + "- md5: b026324c6904b2a9cb4b88d6d61c81d1\n  size: 2\n  hash: md5\n  path: f\n"
        ) { pointer in
            pointer.stageDigest = "new"
            pointer.dependencies[0].repository?.lockedRevision = "def"
            pointer.outputs[0].recorded.content = nil
        }
        let tail = "outs:\n- hash: md5\n  path: f\n"
        #expect(text == "md5: new\nfrozen: true\n\(head)def\n\(tail)")
    }

    @Test func `comments, order and quoting survive a new content`() throws {
        let name = try #require(ObjectName("b026324c6904b2a9cb4b88d6d61c81d1"))
        let text = """
            # head comment
            outs:
            # about the path
            - path: 'f'   # quoted
              md5: ffffffffffffffffffffffffffffffff  # old
              size: 5
              desc: "my file"
              labels: [a, "b"]
              meta:
                x: 1  # keep
              push: false
            # tail
            meta: {k: "v"}
            desc: 'top'
            """
        let expected = """
            # head comment
            outs:
            # about the path
            - path: 'f'   # quoted
              md5: b026324c6904b2a9cb4b88d6d61c81d1  # old
              size: 2
              desc: "my file"
              labels: [a, "b"]
              meta:
                x: 1  # keep
              push: false
              hash: md5
            # tail
            meta: {k: "v"}
            desc: 'top'
            """
        let result = try rewriting(text) {
            $0.outputs[0].recorded.content = ContentRecord(name, size: 2)
        }
        #expect(result == expected)
        #expect(try rewriting(text) { _ in } == text)
    }

    @Test func `a mark and a digest take each other's place`() throws {
        let head = "frozen: true\ndeps:\n- "
        let tail = "  hash: md5\n  path: s3://b/a\nouts:\n- hash: md5\n  path: a\n"
        let marked = head + "etag: abc\n  size: 9\n" + tail
        let listing = "b844c650ed89a5bace270e62f32828ca.dir"
        let folder = try rewriting(marked) { pointer in
            let record = ObjectName(listing).map { ContentRecord($0, size: 7, fileCount: 2) }
            pointer.dependencies[0].recorded.state = record.map { .content($0) }
        }
        #expect(!folder.contains("etag") && folder.contains("md5: \(listing)\n"))
        let file = try rewriting(folder) { pointer in
            pointer.dependencies[0].recorded.state = .mark(ContentMark(.etag, "def", size: 1))
        }
        #expect(!file.contains(listing) && !file.contains("nfiles"))
        #expect(file.contains("etag: def\n"))
    }

    @Test func `fields of imports and versioned stores survive`() throws {
        let text = """
            md5: 94c3ad3ddbc4a3c1f56ba1d5e3bd9bd7
            frozen: true
            deps:
            - path: get-started/data.xml
              repo:
                url: https://github.com/iterative/dataset-registry
                rev_lock: f31f5c4cdae787b4bdeb97a717687d44667d9e62
            outs:
            - path: data.xml
              cloud:
                s3:
                  etag: abc
                  version_id: v1
              size: 3

            """
        let result = try rewriting(text) { $0.description = "d" }
        #expect(result == text + "desc: d\n")
    }

    static let problems: [(String, Int, Int, String?, String)] = [
        ("outs:\n- md5: b026324c6904b2a9cb4b88d6d61c81d1\n", 2, 3, "outs.0", "'path' is missing"),
        ("outs:\n- path: f\n  pth: x\n", 3, 3, "outs.0.pth", "did you mean 'path'?"),
        ("outs:\n- path: f\n  md5: zz\n", 3, 8, "outs.0.md5", "32 hexadecimal digits"),
        ("outs:\n- path: f\n  size: big\n", 3, 9, "outs.0.size", "a whole number"),
        ("outs: {\n", 2, 1, nil, "not valid YAML"),
    ]

    @Test(arguments: problems)
    func `a problem has its place`(
        text: String,
        line: Int,
        column: Int,
        key: String?,
        problem: String
    ) throws {
        let error = try #require(throws: FormatError.self) {
            try PointerFile(parsing: Array(text.utf8), file: "f.dvc")
        }
        error.expect(line: line, column: column, key: key, problem: problem)
    }
}
