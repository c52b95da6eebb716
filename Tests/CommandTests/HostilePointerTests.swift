import DVTestSupport
import Testing

/// Pointer files and `dvc.yaml` come with a clone, from others: what they name never leads out of the data.
@Suite struct HostilePointerTests {
    private static let refused = [
        (".git/hooks/post-checkout", "is ignored by"), ("sub/../.git/config", "is ignored by"),
        (".dvc/config", "is ignored by"), (".git", "is ignored by"),
        (".dvc", "cannot be an output"), ("other.dvc", "cannot be an output"),
        ("dvc.yaml", "cannot be an output"), ("dvc.lock", "cannot be an output"),
        (".", "within an output"), (#""a\0b""#, "is not a path"), (#""""#, "is not a path"),
        ("s3://bucket/x", "is not a path"),
    ]

    @Test(arguments: refused)
    func `a pointer to a place of Git, of the project or of no file is refused`(
        path: String,
        problem: String
    ) throws {
        let project = try Self.projectWithObject(pointedToAs: path)
        let before = try TreeSnapshot(of: project.root, excluding: ["tmp"])
        for arguments in [["checkout"], ["checkout", "-f"], ["status"], ["repro"]] {
            let result = try project.attempt(.dvswift, arguments)
            #expect(result.status != 0)
            #expect(result.errors.contains(problem), "\(result)")
        }
        #expect(
            try before.difference(from: TreeSnapshot(of: project.root, excluding: ["tmp"])) == nil
        )
    }

    @Test(arguments: ["../escaped", "sub/../../escaped"])
    func `a pointer to a place outside the project writes nothing`(path: String) throws {
        let project = try Self.projectWithObject(pointedToAs: path)
        _ = try project.attempt(.dvswift, "checkout", "-f")
        #expect(try !project.exists("../escaped"))
    }

    @Test func `a link to a folder of Git does not let a pointer in`() throws {
        let project = try Self.projectWithObject(pointedToAs: "link/evil")
        try project.path("link").makeSymbolicLink(to: ".git/hooks")
        let result = try project.attempt(.dvswift, "checkout", "-f")
        #expect(result.status == 255)
        #expect(result.errors.contains("symbolic links lead to"))
        #expect(try !project.exists(".git/hooks/evil"))
    }

    @Test func `a stage that names a folder of DVC as output is refused before it removes it`()
        throws
    {
        let project = try TemporaryProject()
        try project.write("stages:\n  s:\n    cmd: 'true'\n    outs: [.dvc/tmp]\n", to: "dvc.yaml")
        #expect(try project.attempt(.dvswift, "repro").status == 255)
        #expect(try project.exists(".dvc/tmp"))
        try project.remove("dvc.yaml")
        let result = try project.attempt(.dvswift, "stage", "add", "-n", "s", "-o", ".git/x", "ls")
        #expect(result.status == 255)
        #expect(try !project.exists("dvc.yaml"))
    }

    private static let listed = ["../x", "/tmp/x", ".git/hooks/x", "a/../../x", "", "a\\u0000b"]

    @Test(arguments: listed)
    func `a listing that names a place outside its folder is refused`(path: String) throws {
        let project = try TemporaryProject()
        try project.run(.dvswift, "config", "cache.compression", "none")
        let listing = #"[{"md5": "0cc175b9c0f1b6a831c399e269772661", "relpath": "\#(path)"}]"#
        try project.write(listing, to: "data")
        try project.run(.dvswift, "add", "data")
        let pointer = try project.text(of: "data.dvc")
        let start = try #require(pointer.firstRange(of: "md5: ")).upperBound
        let name = pointer[start...].prefix(32)
        let object = ".dvc/cache/files/md5/\(name.prefix(2))/\(name.dropFirst(2))"
        try project.write(listing, to: object + ".dir")
        try project.write("outs:\n- md5: \(name).dir\n  hash: md5\n  path: evil\n", to: "evil.dvc")
        let result = try project.attempt(.dvswift, "checkout", "-f", "evil.dvc")
        #expect(result.status == 255)
        #expect(result.errors.contains("ERROR: "))
        #expect(try !project.exists("x") && !project.exists("evil"))
    }

    @Test func `the folder of a file that is checked out is made`() throws {
        let project = try Self.projectWithObject(pointedToAs: "new/folder/file")
        #expect(try project.run(.dvswift, "checkout").contains("new/folder/file"))
        #expect(try project.text(of: "new/folder/file") == "content")
    }

    /// Its cache has the object that `evil.dvc` names.
    private static func projectWithObject(pointedToAs path: String) throws -> TemporaryProject {
        let project = try TemporaryProject()
        try project.write("content", to: "file")
        try project.run(.dvswift, "add", "file")
        let pointer = try project.text(of: "file.dvc")
        try project.write(pointer.replacing("path: file", with: "path: \(path)"), to: "evil.dvc")
        for name in ["file", "file.dvc"] { try project.remove(name) }
        return project
    }
}
