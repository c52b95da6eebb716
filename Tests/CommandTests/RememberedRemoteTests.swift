import DVSystem
import DVTestSupport
import Testing

/// What a remote on this machine has is remembered; what it loses is noticed nevertheless.
@Suite struct RememberedRemoteTests {
    let project: TemporaryProject
    static let count = 2_000

    init() throws {
        project = try TemporaryProject()
        try project.writeData(count: Self.count)
        try project.attempt(["mkdir", "-p", "remotes/one", "remotes/two"]).checkingSuccess()
        // Stage files are looked for elsewhere.
        try project.write("remotes\n", to: ".dvcignore")
        try project.run(.dvswift, "add", "--quiet", "data")
        for remote in ["one", "two"] {
            try project.run(
                .dvswift,
                "remote",
                "add",
                remote,
                project.path("remotes/\(remote)").string
            )
        }
        try project.run(.dvswift, "remote", "default", "one")
        try push(to: "one", "\(Self.count + 1) files pushed")
        // Records what it finds, once the folders are older than a tick of the clock.
        sleepPastTick()
        try push(to: "one", Self.nothing)
    }

    private static let nothing = "Everything is up to date."

    private func push(to remote: String, _ answer: String) throws {
        let output = try project.run(.dvswift, "push", "-r", remote)
        #expect(output.contains(answer))
    }

    /// An object of a file in a remote, or the listing.
    private func object(in remote: String, isListing: Bool = false) throws -> String {
        try #require(
            try objects(in: "remotes/\(remote)").first { $0.hasSuffix(".dir") == isListing }
        )
    }

    /// The files of objects below a folder, as paths in the project, sorted.
    private func objects(in folder: String) throws -> [String] {
        let find = ["find", folder, "-path", "*/md5*/*/*", "-type", "f"]
        return try project.attempt(find).checkingSuccess().output.split(separator: "\n")
            .map(String.init).sorted()
    }

    /// The paths of folders below `.dvc/cache` and `remotes` that are read by a command.
    private func objectFoldersRead(by arguments: String...) throws -> [String]? {
        guard try project.canTrace() else { return nil }
        return try project.trace(["-y", "-e", "trace=getdents64"], arguments).filter {
            $0.contains("/remotes/") || $0.contains("/.dvc/cache/")
        }
    }

    @Test(arguments: [["push"], ["fetch"], ["status", "-c"]])
    func `nothing to do needs no look into a folder with objects`(command: [String]) throws {
        try project.run(.dvswift, command)
        let opened = try OpenedFiles(below: project.path("remotes/one"), countingFolders: true)
        let cache = try OpenedFiles(below: project.path(".dvc/cache"), countingFolders: true)
        try project.run(.dvswift, command)
        let roots = ["", "files/md5", "dvswift/md5-zstd"]
        #expect(try opened.names().filter { !roots.contains($0) } == [])
        #expect(try cache.names().filter { !roots.contains($0) } == [])
    }

    @Test func `no folder of the remote is listed when nothing is to be pushed`() throws {
        guard let read = try objectFoldersRead(by: "push") else { return }
        #expect(read.count == 0)
        // The trace would show it.
        try project.remove(try object(in: "one"))
        let again = try #require(try objectFoldersRead(by: "push"))
        #expect(again.contains { $0.contains("/remotes/one/") })
    }

    @Test func `an object that a remote lost is pushed again`() throws {
        for isListing in [false, true] {
            let object = try object(in: "one", isListing: isListing)
            try project.remove(object)
            #expect(try project.run(.dvswift, "status", "-c").contains("new:"))
            try push(to: "one", "1 file pushed")
            #expect(try objects(in: "remotes/one").contains(object))
            sleepPastTick()
            try push(to: "one", Self.nothing)
            try push(to: "one", Self.nothing)
        }
    }

    @Test func `an object that went right after it was found is missed`() throws {
        // Each time within a tick of the change before.
        for _ in 0..<4 {
            try project.remove(try object(in: "one"))
            try push(to: "one", "1 file pushed")
            try push(to: "one", Self.nothing)
        }
    }

    @Test func `each remote is remembered by itself`() throws {
        try push(to: "two", "\(Self.count + 1) files pushed")
        sleepPastTick()
        try push(to: "two", Self.nothing)
        let opened = try OpenedFiles(below: project.path("remotes/one"), countingFolders: true)
        try push(to: "one", Self.nothing)
        #expect(try opened.names().allSatisfy { ["", "files/md5"].contains($0) })
        try project.remove(try object(in: "two"))
        try push(to: "one", Self.nothing)
        try push(to: "two", "1 file pushed")
        try project.remove(try object(in: "one"))
        try push(to: "two", Self.nothing)
        try push(to: "one", "1 file pushed")
    }

    @Test func `cache and remote are remembered side by side`() throws {
        try project.run(.dvswift, "status")
        try project.run(.dvswift, "push")
        let cache = try OpenedFiles(below: project.path(".dvc/cache"), countingFolders: true)
        let remote = try OpenedFiles(below: project.path("remotes/one"), countingFolders: true)
        try project.run(.dvswift, "status")
        try project.run(.dvswift, "push")
        #expect(try cache.names().allSatisfy { $0.split(separator: "/").count < 3 })
        #expect(try remote.names().allSatisfy { $0.split(separator: "/").count < 3 })

        let object = try #require(
            try objects(in: ".dvc/cache").first { !$0.contains(".dir") }
        )
        try project.remove(object)
        try push(to: "one", Self.nothing)
        #expect(try project.run(.dvswift, "status").contains("not in cache"))
        #expect(try project.run(.dvswift, "status", "-c").contains("deleted:"))
        #expect(try project.run(.dvswift, "fetch").contains("1 file fetched"))
    }

    @Test func `a folder made anew in place of the remote is filled`() throws {
        try project.remove("remotes/one")
        try push(to: "one", "\(Self.count + 1) files pushed")
        sleepPastTick()
        try push(to: "one", Self.nothing)
        try project.attempt(["bash", "-c", "rm -r remotes/one && mkdir remotes/one"])
            .checkingSuccess()
        try push(to: "one", "\(Self.count + 1) files pushed")
    }

    @Test func `a copy of the remote in its place is looked into`() throws {
        let script = """
            cp -a remotes/one copy && rm "copy/$1" && rm -r remotes/one && mv copy remotes/one
            """
        let object = try object(in: "one").dropFirst("remotes/one/".count)
        try project.attempt(["bash", "-c", script, "bash", String(object)]).checkingSuccess()
        try push(to: "one", "1 file pushed")
    }

    @Test func `collected objects are pushed again`() throws {
        try project.write("more", to: "data/more")
        try project.run(.dvswift, "add", "--quiet", "data")
        try project.run(.dvswift, "push")
        try project.remove("data/more")
        try project.run(.dvswift, "add", "--quiet", "data")
        try project.run(.dvswift, "gc", "-w", "-c", "-f")
        try project.write("more", to: "data/more")
        try project.run(.dvswift, "add", "--quiet", "data")
        try push(to: "one", "2 files pushed")
    }
}
