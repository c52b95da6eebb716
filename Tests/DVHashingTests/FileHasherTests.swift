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

    @Test(arguments: LaneKernel.available)
    func `many files of mixed sizes hash side by side as one by one`(kernel: LaneKernel) throws {
        let directory = try TemporaryDirectory()
        let bytes = (0..<400_000).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 9) }
        let sizes = [0, 1, 64, 400_000, 65_791, 65_792, 65_793, 3, 131_584, 0, 4096, 200_000]
        let paths = try (0..<40).map { index in
            let size = sizes[index % sizes.count] + index / sizes.count
            return try directory.write(Array(bytes[..<min(size, bytes.count)]), to: "file\(index)")
        }
        let progress = Progress("Hashing")
        let hasher = FileHasher(progress: progress, kernel: kernel)
        // Twice, as nothing of the first time may be left.
        let hashed = [try hasher.hash(filesAt: paths), try hasher.hash(filesAt: paths)]
        let alone = try paths.map { try FileHasher().hash(fileAt: $0) }
        #expect(hashed == [alone, alone])
        #expect(progress.completedBytes == 2 * alone.reduce(0) { $0 + $1.status.size })
    }

    /// Files of sysfs say that they have 4096 bytes and end earlier, as a file does that is cut while it is read.
    @Test(.enabled(if: access("/sys/devices/system/cpu/online", R_OK) == 0))
    func `a file that changes among others is left out, and one that is missing fails`() throws {
        let directory = try TemporaryDirectory()
        let paths = try (0..<20).map { try directory.write("content \($0)", to: "file\($0)") }
        let cut = try #require(AbsolutePath("/sys/devices/system/cpu/online"))
        let digests = try FileHasher().hash(filesAt: [cut] + paths).map { $0?.digest }
        #expect(digests == [nil] + (0..<20).map { Digest(of: Array("content \($0)".utf8)) })
        #expect(throws: SystemError.self) {
            try FileHasher().hash(filesAt: paths + [directory.appending("missing")])
        }
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
