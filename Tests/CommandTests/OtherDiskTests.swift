import DVSystem
import DVTestSupport
import Testing

/// Projects that are spread over several file systems.
@Suite(.enabled(if: MemoryDisk.isPossible)) struct OtherDiskTests {
    private let project: TemporaryProject
    private let disk: AbsolutePath

    init() throws {
        project = try TemporaryProject()
        disk = project.path("disk")
        try project.write("1", to: "data/sub/a")
        try project.path("data/sub/a").setPermissions(0o755)
        try project.write("2", to: "data/b")
        try project.path("data/link").makeSymbolicLink(to: "sub/a")
        try project.path("data/empty").makeDirectories()
        try project.run(.dvswift, "add", "data")
    }

    @Test func `data moves to another disk and back as it is`() throws {
        try MemoryDisk.mounted(at: disk) {
            let before = try project.tree("data")
            try project.run(.dvswift, "move", "data", "disk")
            #expect(try project.tree("disk/data").difference(from: before) == nil)
            #expect(try !project.exists("data") && !project.exists("data.dvc"))
            #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
            try project.run(.dvswift, "move", "disk/data", "back")
            #expect(try project.tree("back").difference(from: before) == nil)
            #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
            #expect(try disk.childNames().isEmpty)
        }
    }

    @Test func `where the other disk is full, everything stays in its place`() throws {
        try MemoryDisk.mounted(at: disk, bytes: 64 << 10) {
            try project.write([UInt8](repeating: 7, count: 200_000), to: "data/large")
            try project.run(.dvswift, "add", "data")
            let before = try project.tree()
            let result = try project.attempt(.dvswift, "move", "data", "disk")
            #expect(result.status == 1)
            #expect(result.errors.contains("No space left"))
            #expect(try project.tree().difference(from: before) == nil)
        }
    }

    @Test func `a disk that is mounted inside of the data is not moved`() throws {
        try MemoryDisk.mounted(at: disk) {
            try MemoryDisk.mounted(at: project.path("data/empty")) {
                let before = try project.tree()
                let result = try project.attempt(.dvswift, "move", "data", "disk")
                #expect(result.status == 1)
                #expect(result.errors.contains("mounted file system"))
                #expect(try project.tree().difference(from: before) == nil)
            }
        }
    }

    @Test func `a cache on another disk is verified, migrated, dropped and collected`() throws {
        let cache = project.surroundings.appending("cache")
        try MemoryDisk.mounted(at: cache) {
            try project.run(.dvswift, "cache", "dir", cache.string)
            try project.run(.dvswift, "config", "cache.compression", "none")
            try project.run(.dvswift, "add", "data")
            try project.run(.dvswift, "remote", "add", "-d", "storage", project.remote.string)
            try project.run(.dvswift, "push")
            let before = try project.tree("data")
            try project.run(.dvswift, "cache", "migrate", "--to", "encoded")
            try project.run(.dvswift, "verify")
            try project.run(.dvswift, "cache", "drop", "data")
            // The listing tells what the directory holds.
            #expect(try objects(in: cache) == 1)
            try project.remove("data")
            try project.run(.dvswift, "pull")
            // DVC tracks neither links nor empty folders.
            try project.remove("data/link")
            try project.path("data/link").makeSymbolicLink(to: "sub/a")
            try project.path("data/empty").makeDirectories()
            try project.path("data/sub/a").setPermissions(0o755)
            #expect(try project.tree("data").difference(from: before) == nil)
            try project.run(.dvswift, "remove", "data.dvc")
            try project.run(.dvswift, "gc", "-w", "-f")
            #expect(try objects(in: cache) == 0)
        }
    }

    private func objects(in cache: AbsolutePath) throws -> Int {
        let files = try project.attempt(["find", cache.string, "-type", "f"]).output
        return files.split(separator: "\n").count
    }
}
