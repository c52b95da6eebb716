import DVHashing
import DVSystem
import DVTestSupport
import Testing

/// A cache on a disk that is full or read-only: a clear error, nothing lost, and the same command works once there is room.
@Suite(.enabled(if: SmallDisk.isPossible)) struct FullDiskCommandTests {
    private static let small = 512 << 10
    private static let large = 32 << 20

    private static func noise(_ seed: UInt64) -> [UInt8] {
        var random = SplitMix(state: seed)
        return (0..<(1 << 17)).flatMap { _ in
            withUnsafeBytes(of: random.next()) { Array($0) }
        }
    }

    /// A project whose cache is on a disk; with a file that does not fit there.
    private static func project(
        _ body: (TemporaryProject, SmallDisk) throws -> Void
    ) throws {
        try SmallDisk.mounted(bytes: small) { disk, _ in
            let project = try TemporaryProject()
            try project.run(.dvswift, "cache", "dir", disk.root.appending("cache").string)
            try project.run(.dvswift, "remote", "add", "-q", "-d", "storage", "../remote")
            try project.write(noise(1), to: "large")
            try project.write("small\n", to: "small")
            try project.run(.dvswift, "add", "-q", "small")
            try body(project, disk)
        }
    }

    /// Fails on the full disk, in words, and works when there is room.
    private static func expectRoomNeeded(
        _ arguments: [String],
        status: Int32 = 255,
        _ project: TemporaryProject,
        _ disk: SmallDisk
    ) throws {
        let result = try project.attempt(.dvswift, arguments)
        #expect(result.status == status, "\(result)")
        #expect(result.errors.contains("No space left on device"), "\(result)")
        #expect(result.errors.contains("hint: free some space"), "\(result)")
        #expect(try !project.attempt(.dvswift, "verify").output.contains("damaged"))
        try disk.resize(bytes: large)
        try project.run(.dvswift, arguments)
    }

    @Test func `add records nothing that is not stored`() throws {
        try Self.project { project, disk in
            let failed = try project.attempt(.dvswift, "add", "large")
            #expect(failed.status == 255)
            #expect(try !project.exists("large.dvc"))
            #expect(try project.path("large").readBytes() == Self.noise(1))
            try Self.expectRoomNeeded(["add", "large"], project, disk)
            #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
        }
    }

    @Test func `fetch and pull leave what they had`() throws {
        try Self.project { project, disk in
            try disk.resize(bytes: Self.large)
            try project.run(.dvswift, "add", "-q", "large")
            try project.run(.dvswift, "push", "-q")
            try project.remove("large")
            try project.run(.dvswift, "gc", "-q", "-w", "--not-in-remote", "-f")
            try disk.resize(bytes: Self.small)
            let failed = try project.attempt(.dvswift, "pull")
            #expect(failed.status == 1 && failed.errors.contains("No space left"), "\(failed)")
            #expect(try project.text(of: "small") == "small\n")
            try Self.expectRoomNeeded(["fetch"], status: 1, project, disk)
            try project.run(.dvswift, "checkout", "-q")
            #expect(try project.path("large").readBytes() == Self.noise(1))
        }
    }

    @Test func `gc needs no room`() throws {
        try Self.project { project, disk in
            try project.write([UInt8](Self.noise(2).prefix(300_000)), to: "old")
            try project.run(.dvswift, "add", "-q", "old")
            try project.remove("old.dvc")
            _ = try project.attempt(.dvswift, "add", "large")
            let filler = disk.root.appending("filler")
            for size in [100_000, 10_000, 4096] {
                try? filler.replaceContents(with: [UInt8](repeating: 1, count: size))
            }
            try project.run(.dvswift, "gc", "-q", "-w", "-f")
            #expect(try project.run(.dvswift, "verify").contains("1 objects"))
            try project.remove("small")
            try project.run(.dvswift, "checkout", "-q")
        }
    }

    @Test func `a migration from DVC 2 goes on when there is room`() throws {
        try Self.project { project, disk in
            try disk.resize(bytes: 1200 << 10)
            let bytes = Self.noise(3)
            let name = ObjectName(Digest(of: bytes, scheme: .md5DOS2Unix))
            try project.write(bytes, to: "old")
            let place = "cache/\(name.text.prefix(2))/\(name.text.dropFirst(2))"
            try project.write(bytes, to: disk.root.appending(place).string)
            try project.write("outs:\n- md5: \(name)\n  path: old\n", to: "old.dvc")
            let pointer = try project.text(of: "old.dvc")
            let command = ["cache", "migrate", "--dvc-files"]
            let failed = try project.attempt(.dvswift, command)
            #expect(failed.status == 255)
            #expect(try project.text(of: "old.dvc") == pointer)
            try Self.expectRoomNeeded(command, project, disk)
            try project.remove("old")
            try project.run(.dvswift, "checkout", "-q")
            #expect(try project.path("old").readBytes() == bytes)
        }
    }

    @Test func `a repair goes on when there is room`() throws {
        try Self.project { project, disk in
            try disk.resize(bytes: Self.large)
            try project.run(.dvswift, "add", "-q", "large")
            try project.run(.dvswift, "push", "-q")
            let digest = Digest(of: Self.noise(1)).hex
            let object = disk.root.appending(
                "cache/files/md5/\(digest.prefix(2))/\(digest.dropFirst(2))"
            )
            try object.setPermissions(0o644)
            try object.replaceContents(with: [1, 2, 3])
            try project.remove("large")
            try disk.resize(bytes: Self.small)
            try Self.expectRoomNeeded(["verify", "--repair"], project, disk)
            try project.run(.dvswift, "checkout", "-q")
            #expect(try project.path("large").readBytes() == Self.noise(1))
        }
    }

    @Test func `a read-only cache is read, and every writer says so`() throws {
        try Self.project { project, disk in
            try project.write("old\n", to: "old")
            try project.run(.dvswift, "add", "-q", "old")
            try project.remove("old.dvc")
            for name in ["new", "small"] { try project.write("new\n", to: name) }
            let before = try TreeSnapshot(of: disk.root)
            try disk.makeReadOnly()
            for command in [["add", "new"], ["commit", "-f", "small.dvc"], ["gc", "-w", "-f"]] {
                let result = try project.attempt(.dvswift, command)
                #expect(result.status == 255, "\(result)")
                #expect(result.errors.contains("Read-only file system"), "\(result)")
                #expect(result.errors.contains(disk.root.string), "\(result)")
            }
            #expect(try !project.exists("new.dvc"))
            try project.run(.dvswift, "checkout", "-q", "-f", "small.dvc")
            #expect(try project.text(of: "small") == "small\n")
            #expect(try project.run(.dvswift, "verify").contains("all intact"))
            #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
            #expect(try TreeSnapshot(of: disk.root).difference(from: before) == nil)
        }
    }
}
