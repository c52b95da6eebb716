import DVSystem
import DVTestSupport
import Testing

/// How workspace files come from the cache, on file systems that can share blocks and on those that cannot.
@Suite struct LinkTypeTests {
    /// Two files of incompressible data, large enough to have blocks of their own on any file system.
    private static func project(
        types: String?,
        in base: AbsolutePath? = nil
    ) throws -> TemporaryProject {
        let project = try TemporaryProject(in: base?.string)
        try project.run(.dvswift, "config", "cache.compression", "none")
        if let types { try project.run(.dvswift, "config", "cache.type", types) }
        try project.path("data").makeDirectories()
        for (name, size) in [("small", 100_000), ("large", 3_000_000)] {
            let command = "head -c \(size) /dev/urandom > data/\(name)"
            try project.attempt(["sh", "-c", command]).checkingSuccess()
        }
        return project
    }

    /// Adds the data and brings it back from the cache; the content is the same.
    private static func addAndRestore(_ project: TemporaryProject) throws {
        try project.run(.dvswift, "add", "data")
        let digests = try digests(project)
        try project.remove("data")
        try project.run(.dvswift, "checkout")
        #expect(try Self.digests(project) == digests)
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
    }

    private static func digests(_ project: TemporaryProject) throws -> String {
        try project.attempt(["md5sum", "data/small", "data/large"]).checkingSuccess().output
    }

    /// The path of a file's object.
    private static func object(
        of name: String,
        in project: TemporaryProject
    ) throws -> AbsolutePath {
        let digest = try project.attempt(["md5sum", name]).checkingSuccess().output.prefix(32)
        let cache = try project.run(.dvswift, "cache", "dir").split(separator: "\n").first ?? ""
        return project.path("\(cache)/files/md5/\(digest.prefix(2))/\(digest.dropFirst(2))")
    }

    @Test(arguments: ["hardlink", "symlink"])
    func `files that are links to one object are added again`(types: String) throws {
        let project = try Self.project(types: types)
        for name in ["twin-1", "twin-2"] { try project.write("same", to: "data/" + name) }
        for _ in 0..<3 { try project.run(.dvswift, "add", "data", "--quiet") }
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
    }

    // MARK: Shared blocks

    @Test(
        .enabled(if: !MountedImage.possible.isEmpty),
        arguments: MountedImage.possible,
        ["reflink", "reflink,copy", nil]
    )
    func `a checkout shares blocks with the cache where the disk can`(
        disk: MountedImage,
        types: String?
    ) throws {
        try disk.mounted { folder in
            let project = try Self.project(types: types, in: folder)
            try Self.addAndRestore(project)
            for name in ["data/small", "data/large"] {
                let file = try FileExtents(of: project.path(name), in: project)
                let object = try Self.object(of: name, in: project)
                #expect(file.areShared)
                #expect(try FileExtents(of: object, in: project) == file)
                #expect(try FileStatus.following(project.path(name)).permissions == 0o644)
            }
        }
    }

    @Test(.enabled(if: !MountedImage.possible.isEmpty), arguments: MountedImage.possible)
    func `a change of a file with shared blocks leaves its object as it was`(
        disk: MountedImage
    ) throws {
        try disk.mounted { folder in
            let project = try Self.project(types: "reflink", in: folder)
            try Self.addAndRestore(project)
            let digests = try Self.digests(project)
            let overwrite = "printf changed | dd of=data/large bs=1 seek=5000 conv=notrunc"
            try project.attempt(["sh", "-c", overwrite]).checkingSuccess()
            #expect(try project.run(.dvswift, "status").contains("modified:"))
            try project.run(.dvswift, "checkout", "--force")
            #expect(try Self.digests(project) == digests)
        }
    }

    // MARK: A cache on another disk

    @Test(
        .enabled(if: !MountedImage.possible.isEmpty),
        arguments: MountedImage.possible,
        ["reflink,copy", "hardlink,copy", "reflink,hardlink,symlink"]
    )
    func `a cache on another disk is used with the first type that works`(
        disk: MountedImage,
        types: String
    ) throws {
        try disk.mounted { folder in
            let project = try Self.project(types: types)
            try project.run(.dvswift, "cache", "dir", folder.appending("cache").string)
            try Self.addAndRestore(project)
            let status = try FileStatus.ifPresent(project.path("data/large"))
            #expect(status?.isSymbolicLink == types.contains("symlink"))
            #expect(status?.linkCount == 1)
        }
    }

    @Test(
        .enabled(if: !MountedImage.possible.isEmpty),
        arguments: MountedImage.possible,
        ["reflink", "hardlink"]
    )
    func `a type that cannot work is told, and data stays`(
        disk: MountedImage,
        type: String
    ) throws {
        try disk.mounted { folder in
            let project = try Self.project(types: "copy")
            try project.run(.dvswift, "cache", "dir", folder.appending("cache").string)
            try project.run(.dvswift, "add", "data")
            let digests = try Self.digests(project)
            try project.run(.dvswift, "config", "cache.type", type)
            try project.remove("data/small")
            let result = try project.attempt(.dvswift, "checkout")
            #expect(result.status == 255)
            #expect(result.errors.contains("cannot be linked to the cache as \(type)"))
            try project.run(.dvswift, "config", "cache.type", type + ",copy")
            try project.run(.dvswift, "checkout")
            #expect(try Self.digests(project) == digests)
        }
    }

    // MARK: Links

    @Test func `hard links are one file with the object, and read-only`() throws {
        let project = try Self.project(types: "hardlink")
        try Self.addAndRestore(project)
        let file = try FileStatus.following(project.path("data/large"))
        let object = try FileStatus.following(try Self.object(of: "data/large", in: project))
        #expect(file == object)
        #expect(file.linkCount == 2)
        #expect(file.permissions == 0o444)
    }

    @Test func `symbolic links lead to the object`() throws {
        let project = try Self.project(types: "symlink")
        try Self.addAndRestore(project)
        let object = try Self.object(of: "data/large", in: project)
        let link = project.path("data/large")
        #expect(try FileStatus.ifPresent(link)?.isSymbolicLink == true)
        #expect(try AbsolutePath(link.symbolicLinkTarget(), relativeTo: link.parent) == object)
    }

    @Test func `an empty and an executable file are copied, as links would share too much`() throws
    {
        let project = try TemporaryProject()
        try project.run(.dvswift, "config", "cache.type", "hardlink")
        try project.write("", to: "empty")
        try project.write("#!/bin/sh\n", to: "tool")
        try project.path("tool").setPermissions(0o755)
        try project.run(.dvswift, "add", "empty", "tool")
        for name in ["empty", "tool"] { try project.remove(name) }
        try project.run(.dvswift, "checkout")
        for name in ["empty", "tool"] {
            #expect(try FileStatus.following(project.path(name)).linkCount == 1)
        }
        #expect(try FileStatus.following(project.path("tool")).isExecutable)
    }

    @Test func `relink changes links to copies and back`() throws {
        let project = try Self.project(types: "hardlink")
        try Self.addAndRestore(project)
        try project.run(.dvswift, "config", "cache.type", "copy")
        try project.run(.dvswift, "checkout", "--relink")
        #expect(try FileStatus.following(project.path("data/large")).linkCount == 1)
        try project.run(.dvswift, "config", "cache.type", "hardlink")
        try project.run(.dvswift, "checkout", "--relink")
        #expect(try FileStatus.following(project.path("data/large")).linkCount == 2)
        #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
    }
}
