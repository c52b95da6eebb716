import DVSystem
import DVTestSupport
import Testing

/// `layout = encoded` on servers: what one clone sends compressed another one gets.
@Suite struct EncodedServerTests {
    private struct Shared {
        let project: TemporaryProject
        let place: ServedRemote.Place

        init(_ kind: ServedRemote) throws {
            project = try TemporaryProject()
            place = try kind.makePlace(for: project)
            try project.add(place, as: "served")
            try project.run(.dvswift, "remote", "default", "served")
            try project.run(.dvswift, "remote", "modify", "served", "layout", "encoded")
            try project.write(Self.text, to: "data/long")
            try project.write(String(repeating: "abc,1.5\n", count: 4000), to: "data/short")
            try project.write("x", to: "data/tiny")
            try project.write("old\n", to: "old")
            try project.run(.dvswift, "add", "--quiet", "data", "old")
        }

        /// Of several frames.
        static let text = String(repeating: "2026-11-24,Oslo,12.5,sunny\n", count: 100_000)

        func attempt(_ arguments: String..., in clone: TemporaryProject? = nil) throws
            -> ProgramResult
        {
            try (clone ?? project).attempt(.dvswift, arguments, adding: place.variables)
        }

        @discardableResult
        func run(_ arguments: String..., in clone: TemporaryProject? = nil) throws -> String {
            try (clone ?? project).attempt(.dvswift, arguments, adding: place.variables)
                .checkingSuccess().output
        }

        func objects() throws -> [String] {
            try place.contents(project).paths.filter { $0.split(separator: "/").count == 4 }
        }
    }

    @Test(arguments: [ServedRemote.s3, .ssh, .webdav, .http])
    func `what is sent compressed is kept so, and comes back in another clone`(kind: ServedRemote)
        throws
    {
        let shared = try Shared(kind)
        #expect(try shared.run("push") == "5 files pushed\n")
        #expect(try shared.run("push") == "Everything is up to date.\n")
        #expect(try shared.run("status", "-c", "--json") == "{}\n")
        let objects = try shared.objects()
        #expect(objects.count { $0.hasPrefix("dvswift/md5-zstd/") && $0.hasSuffix(".zst") } == 2)
        #expect(objects.count { $0.hasPrefix("files/md5/") } == 3)
        try shared.project.commit("pushed")
        let clone = try shared.project.clone()
        if let local = try? shared.project.text(of: ".dvc/config.local") {
            try clone.write(local, to: ".dvc/config.local")
        }
        try shared.run("pull", in: clone)
        #expect(try clone.text(of: "data/long") == Shared.text)
        #expect(try clone.text(of: "data/tiny") == "x")
        #expect(try shared.run("status", "--json", in: clone) == "{}\n")
    }

    @Test(arguments: [ServedRemote.s3, .webdav])
    func `it is verified and collected in both forms`(kind: ServedRemote) throws {
        let shared = try Shared(kind)
        try shared.run("push")
        #expect(try shared.run("verify", "-r", "served").contains("5 objects"))
        #expect(try shared.run("verify", "-r", "served", "--quick").contains("5 objects"))
        try shared.project.remove("old.dvc")
        try shared.project.write("y", to: "data/long")
        try shared.run("add", "--quiet", "data")
        try shared.run("push")
        try shared.run("gc", "-w", "-c", "-f")
        let objects = try shared.objects()
        #expect(objects.count { $0.hasPrefix("dvswift/md5-zstd/") } == 1)
        #expect(objects.count == 4)
        #expect(try shared.run("verify", "-r", "served").contains("4 objects"))
    }

    @Test func `damage of an encoded object is found and mended`() throws {
        let shared = try Shared(.webdav)
        try shared.run("push")
        let folder = try #require(shared.place.folder)
        for object in try shared.objects() where object.hasSuffix(".zst") {
            let path = folder.appending(object)
            var bytes = try path.readBytes()
            bytes[bytes.count / 2] ^= 1
            try path.removeFile()
            try path.replaceContents(with: bytes)
        }
        let found = try shared.attempt("verify", "-r", "served")
        #expect(found.reason == .exited(1))
        #expect(found.output.contains("data/long"))
        #expect(found.output.contains("data/short"))
        try shared.run("verify", "-r", "served", "--repair")
        #expect(try shared.run("verify", "-r", "served").contains("all intact"))
    }

    /// A remote may have been plain before.
    @Test func `objects that are there in DVC's layout are not sent again`() throws {
        let shared = try Shared(.webdav)
        try shared.project.run(.dvswift, "remote", "modify", "served", "--unset", "layout")
        try shared.run("push")
        try shared.project.run(.dvswift, "remote", "modify", "served", "layout", "encoded")
        #expect(try shared.run("push") == "Everything is up to date.\n")
        try shared.project.remove("data")
        try shared.project.remove(".dvc/cache")
        try shared.run("pull")
        #expect(try shared.project.text(of: "data/long") == Shared.text)
    }
}
