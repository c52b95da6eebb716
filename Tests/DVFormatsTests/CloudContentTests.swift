import DVHashing
import Testing

@testable import DVFormats

/// Versions in records of outputs: `cloud` and `files`.
@Suite struct CloudContentTests {
    /// As DVC 3.67.1 wrote it.
    private static let directory = """
        outs:
        - hash: md5
          path: data
          files:
          - relpath: a
            md5: 5bbf5a52328e7439ae6e719dfe712200
            size: 4
            cloud:
              vs:
                etag: 5bbf5a52328e7439ae6e719dfe712200
                version_id: hq3ZNGqpgvHooM5225AIooYIfN9K8GB
          - relpath: sub/b
            md5: c193497a1a06b2c72230e6146ff47080
            size: 4
            cloud:
              vs:
                etag: c193497a1a06b2c72230e6146ff47080
                version_id: UIeEGNwjW.LP1Nt2Gn17EE6BbVr825V

        """

    private static let file = """
        outs:
        - md5: 1b26352878b4ebb7a0cdc8ef486faf5a
          size: 7
          hash: md5
          path: file.txt
          cloud:
            vs:
              etag: 1b26352878b4ebb7a0cdc8ef486faf5a
              version_id: XnOz4howiNBDGc95o7mvIjYXkeVljSQ

        """

    @Test func `the files of a directory make the digest that its listing has`() throws {
        let pointer = try PointerFile(parsing: Array(Self.directory.utf8), file: "data.dvc")
        let record = try #require(pointer.outputs.first?.recorded.content)
        #expect(record.name.text == "4211c2906890cae89273355c275c091b.dir")
        #expect(record.size == 8)
        #expect(record.fileCount == 2)
        let version = record.cloud?.members?.first?.version
        #expect(version?.remote == "vs")
        #expect(version?.id == "hq3ZNGqpgvHooM5225AIooYIfN9K8GB")
        #expect(try record.cloud?.listing()?.objectName() == record.name)
    }

    @Test(arguments: [directory, file])
    func `versions stay while the content does, also if it was looked at anew`(text: String) throws
    {
        var pointer = try PointerFile(parsing: Array(text.utf8), file: "x.dvc")
        let bytes = Array(text.utf8)
        #expect(try pointer.serialized(updating: bytes, file: "x.dvc") == bytes)
        pointer.outputs[0].recorded.content?.cloud = nil
        #expect(try pointer.serialized(updating: bytes, file: "x.dvc") == bytes)
    }

    @Test func `a new content has no versions`() throws {
        var pointer = try PointerFile(parsing: Array(Self.directory.utf8), file: "data.dvc")
        let name = try #require(ObjectName("9a93db4dca6f9d4676298202a39d8471.dir"))
        pointer.outputs[0].recorded.content = ContentRecord(name, size: 9, fileCount: 2)
        let text = try pointer.serialized(updating: Array(Self.directory.utf8), file: "data.dvc")
        let expected =
            "outs:\n- hash: md5\n  path: data\n  md5: 9a93db4dca6f9d4676298202a39d8471.dir\n"
            + "  size: 9\n  nfiles: 2\n"
        #expect(String(decoding: text, as: UTF8.self) == expected)
    }

    @Test func `files that leave the directory are refused`() {
        let text =
            "outs:\n- path: x\n  files:\n  - relpath: ../y\n    md5: \(String(repeating: "a", count: 32))\n"
        #expect(throws: FormatError.self) {
            try PointerFile(parsing: Array(text.utf8), file: "x.dvc")
        }
    }
}
