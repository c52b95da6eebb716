import DVHashing
import DVReporting
import DVSystem
import DVTestSupport
import Glibc
import Testing

@Suite struct FileHasherTests {
    @Test(arguments: [0, 1, 63, 4096, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3_000_000])
    func `a file of any size hashes like its bytes`(size: Int) throws {
        let directory = try TemporaryDirectory()
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 167) }
        let path = try directory.write(bytes, to: "file")
        let progress = Progress("Hashing")
        let hashed = try FileHasher(progress: progress).hash(fileAt: path)
        #expect(hashed.digest == Digest(of: bytes))
        #expect(try hashed.status == FileStatus.ifPresent(path))
        #expect(progress.completedBytes == Int64(size))
    }

    @Test func `a pipe or a directory is refused instead of waited for`() throws {
        let directory = try TemporaryDirectory()
        let pipe = directory.appending("pipe")
        #expect(mkfifo(pipe.string, 0o600) == 0)
        for path in [pipe, directory.path] {
            #expect(throws: SourceError.notRegularFile(path)) {
                try FileHasher().hash(fileAt: path)
            }
        }
    }

    @Test func `a file that grows, shrinks or is rewritten meanwhile is noticed`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("before", to: "file")
        let source = try SourceFile(at: path)
        try source.checkUnchanged(after: 6)
        #expect(throws: SourceError.changedWhileRead(path)) { try source.checkUnchanged(after: 5) }
        let file = try OpenFile.open(path, O_WRONLY)
        usleep(20_000)
        try file.write(Array("behind".utf8))
        #expect(throws: SourceError.changedWhileRead(path)) { try source.checkUnchanged(after: 6) }
    }
}
