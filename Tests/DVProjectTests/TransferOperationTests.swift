import DVProject
import DVSystem
import DVTestSupport
import Testing

/// Objects on their way between the cache and a shared folder.
@Suite struct TransferOperationTests {
    private let project: EngineProject

    init() throws {
        project = try EngineProject()
        for name in ["a", "b", "deep/c"] { try project.write(name, to: "data/" + name) }
        try project.write("single", to: "single.csv")
        try project.add("data", "single.csv")
    }

    @Test func `a push of one target sends that target only`() throws {
        try project.shareThroughFolder()
        #expect(try project.push("single.csv") == 1)
        #expect(try project.push("data/deep") == 1)
        #expect(try project.push() == 3)
    }

    @Test func `a push of a part sends the listing once the remote has every member`() throws {
        try project.shareThroughFolder()
        let listings = {
            try TreeSnapshot(of: project.remote).paths.filter { $0.hasSuffix(".dir") }.count
        }
        #expect(try project.push("data/deep", "data/a") == 2)
        #expect(try listings() == 0)
        #expect(try project.push("data/b") == 2)
        #expect(try listings() == 1)
    }

    @Test func `a remote that was asked for must be there even if nothing is missing`() throws {
        let opened = try project.open()
        #expect {
            try FetchOperation(TransferRequest(remote: "nosuch"))
                .run(in: opened)
        } throws: {
            if case ProjectError.unknownRemote(name: "nosuch", _) = $0 { true } else { false }
        }
    }

    @Test func `a push without a remote says so and sends nothing`() throws {
        #expect {
            try project.push()
        } throws: {
            if case ProjectError.noRemote = $0 { true } else { false }
        }
        #expect(try !project.remote.exists())
    }

    @Test func `one bad object does not stop a push, but keeps the listing of its folder back`()
        throws
    {
        try project.shareThroughFolder()
        try damageObject(of: "b")
        #expect {
            try project.push()
        } throws: { error in
            guard case ProjectError.transferFailed(.upload, let problems) = error else {
                return false
            }
            return problems.map(\.path) == ["data/b"]
        }
        let sent = try TreeSnapshot(of: project.remote).paths
        #expect(sent.filter { $0.hasSuffix(".dir") }.isEmpty)
        #expect(sent.filter { $0.split(separator: "/").last?.count == 30 }.count == 3)

        try project.path("data/b").replaceContents(with: Array("b".utf8))
        try project.cache.removeTree()
        try project.add("data", "single.csv")
        #expect(try project.push() == 2)
    }

    @Test func `a fetch brings what is missing and no more`() throws {
        try project.shareThroughFolder()
        _ = try project.push()
        try project.cache.removeTree()
        #expect(try project.fetch("data/a") == 2)
        #expect(try project.fetch("data") == 2)
        #expect(try project.fetch() == 1)
        #expect(try project.fetch() == 0)
        #expect(try project.status().report.isEmpty)
    }

    @Test func `a fetch with nothing missing needs no remote`() throws {
        #expect(try project.fetch() == 0)
    }

    @Test func `a fetch brings all it can and names the paths it cannot`() throws {
        try project.shareThroughFolder()
        _ = try project.push()
        for file in try TreeSnapshot(of: project.remote).paths where file.contains(Self.digestOfB) {
            try project.remote.appending(file).removeFile()
        }
        try project.cache.removeTree()
        #expect {
            try project.fetch()
        } throws: { error in
            guard case ProjectError.transferFailed(.download, let problems) = error else {
                return false
            }
            return problems.map(\.path) == ["data/b"]
        }
        try project.path("data").removeTree()
        try project.path("single.csv").removeFile()
        #expect(try project.checkout("single.csv", "data/a").failed.isEmpty)
        #expect(try project.text("single.csv") == "single")
    }

    @Test func `a comparison with the remote tells by path what a push would send`() throws {
        try project.shareThroughFolder()
        _ = try project.push("single.csv")
        let opened = try project.open()
        let status = try RemoteStatusOperation(TransferRequest(TargetSelection()))
            .run(in: opened)
        #expect(status.changes.map(\.path) == ["data", "data/a", "data/b", "data/deep/c"])
        #expect(status.changes.allSatisfy { $0.state == .new })
        #expect(status.remote == "storage")
    }

    @Test func `a comparison fetches listings that only the remote has, and tells the members`()
        throws
    {
        try project.shareThroughFolder()
        _ = try project.push()
        try project.cache.removeTree()
        let status = try RemoteStatusOperation(TransferRequest(TargetSelection(targets: ["data"])))
            .run(in: try project.open())
        #expect(status.changes.map(\.path) == ["data/a", "data/b", "data/deep/c"])
        #expect(status.changes.allSatisfy { $0.state == .deleted })
    }

    /// The MD5 of "b", as a path of an object has it after its first two digits.
    private static let digestOfB = "eb5ffee6ae2fec3ad71c777531578f"

    private func damageObject(of name: String) throws {
        for file in try TreeSnapshot(of: project.cache).paths where file.contains(Self.digestOfB) {
            let path = project.cache.appending(file)
            try path.replaceContents(with: Array("x".utf8))
        }
    }
}
