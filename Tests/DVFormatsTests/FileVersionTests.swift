import DVHashing
import DVSystem
import Testing

@testable import DVFormats

/// What pointers record of sources and files in storages that keep versions.
@Suite struct FileVersionTests {
    /// As DVC 3.67.1 wrote it.
    private static let folder = """
        md5: f4182a1d9c12e5e4f7c466bfe275a0dc
        frozen: true
        deps:
        - hash: md5
          path: remote://src/raw/dir
          fs_config:
            version_aware: true
          files:
          - relpath: a
            etag: 7fc56270e7a70fa81a5935b72eacbe29
            size: 1
            version_id: 9IVe-LqlEKQdEqeEf52hlxCcWmO6tS-
          - relpath: s/b
            etag: 9d5ed678fe57bcca610140957afab571
            size: 1
            version_id: Vj-v1e1P.aNdbptSj69Hh3Ik1Oqd29g
        outs:
        - md5: d0082f13306beaa6bd381c99d6becebf.dir
          size: 2
          nfiles: 2
          hash: md5
          path: dir
          push: false

        """

    private static let file = """
        md5: d17c1c7cc531bc5159d1544b038b2778
        frozen: true
        deps:
        - etag: 1b267619c4812cc46ee281747884ca50
          size: 2
          version_id: cvqqIvzE8nsTG0A2UqW1Orxrs7.vFME
          hash: md5
          path: remote://src/raw/f
          fs_config:
            version_aware: true
        outs:
        - md5: 1b267619c4812cc46ee281747884ca50
          size: 2
          hash: md5
          path: f
          push: false

        """

    private func pointer(_ text: String) throws -> PointerFile {
        try PointerFile(parsing: Array(text.utf8), file: "x.dvc")
    }

    @Test(arguments: [folder, file])
    func `pointers that follow versions are written as DVC writes them`(text: String) throws {
        let pointer = try pointer(text)
        #expect(pointer.dependencies[0].isVersion)
        #expect(String(decoding: pointer.serialized(), as: UTF8.self) == text)
        let again = try pointer.serialized(updating: Array(text.utf8), file: "x.dvc")
        #expect(String(decoding: again, as: UTF8.self) == text)
    }

    @Test func `a source is the same by its version, a folder by its contents`() throws {
        let one = SourceState.mark(ContentMark(.etag, "a", size: 1, version: "1"))
        let two = SourceState.mark(ContentMark(.etag, "a", size: 1, version: "2"))
        #expect(one.isSame(as: one))
        #expect(!one.isSame(as: two))
        func folder(_ tag: String, _ id: String) -> SourceState {
            .versions([FileVersion(path: .empty.appending("x"), tag: tag, size: 1, id: id)])
        }
        #expect(folder("a", "1").isSame(as: folder("a", "2")))
        #expect(!folder("a", "1").isSame(as: folder("b", "1")))
        #expect(!folder("a", "1").isSame(as: one))
    }

    @Test func `a folder that becomes a file leaves nothing of its files, and the reverse`() throws
    {
        var pointer = try pointer(Self.folder)
        let mark = ContentMark(.etag, "a", size: 1, version: "v")
        pointer.dependencies[0].recorded.state = .mark(mark)
        let text = try pointer.serialized(updating: Array(Self.folder.utf8), file: "x.dvc")
        let file = try self.pointer(String(decoding: text, as: UTF8.self))
        #expect(file.dependencies[0].recorded.state == .mark(mark))
        #expect(file.dependencies[0].recorded.versions == nil)
        let versions = try self.pointer(Self.folder).dependencies[0].recorded.state
        pointer.dependencies[0].recorded.state = versions
        let back = try pointer.serialized(updating: text, file: "x.dvc")
        let folder = try self.pointer(String(decoding: back, as: UTF8.self))
        #expect(folder.dependencies[0].recorded.state == versions)
        #expect(folder.dependencies[0].recorded.mark == nil)
    }

    /// What DVC writes after `update` of a directory from a worktree.
    @Test func `versions of files may not say of which remote they are`() throws {
        let text = """
            outs:
            - hash: md5
              path: data
              files:
              - relpath: a
                md5: f70dd99be1eed20bb46d53e77c4a7cfa
                size: 7
                version_id: dlKONNdhJ6duAJlZ47DWikMBMP4Gd-u
                etag: f70dd99be1eed20bb46d53e77c4a7cfa

            """
        var pointer = try pointer(text)
        let member = try #require(pointer.outputs[0].recorded.content?.cloud?.members?.first)
        #expect(member.version?.isOf("any") == true)
        #expect(member.version?.id == "dlKONNdhJ6duAJlZ47DWikMBMP4Gd-u")
        #expect(String(decoding: pointer.serialized(), as: UTF8.self) == text)
        var second = member
        second.version = CloudVersion(remote: "far", etag: "e", id: "v")
        let first = CloudContent.Member(path: .empty.appending("0"), digest: member.digest)
        let record = try CloudContent(members: [first, second]).record()
        pointer.outputs[0].recorded.content = record
        let updated = try pointer.serialized(updating: Array(text.utf8), file: "x.dvc")
        let read = try self.pointer(String(decoding: updated, as: UTF8.self))
        #expect(read.outputs[0].recorded.content?.cloud?.members == record?.cloud?.members)
    }
}
