import DVHashing
import DVObjects
import DVSystem
import DVTestSupport
import DVWorkspace
import Testing

@Suite struct RememberedListingTests {
    let project: TestProject

    init() throws {
        project = try TestProject()
    }

    /// What the folder holds, by someone who remembers nothing.
    private func truth() throws -> ObjectName? {
        let state = StateStore(directory: nil, projectRoot: project.root)
        let hasher = TreeHasher(walk: project.walk, state: state)
        return try hasher.content(at: project.root.appending("data"))?.name
    }

    private func change(_ random: inout SplitMix, _ round: Int) throws {
        let name =
            "data/\(Int.random(in: 0..<3, using: &random))/file\(Int.random(in: 0..<9, using: &random))"
        let path = project.root.appending(name)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: try path.removeTree()
        case 1: try project.directory.write("one of two", to: name)
        case 2: try project.directory.write("two of two", to: name)
        default: try project.directory.write("round \(round)", to: name)
        }
    }

    @Test(arguments: 1...4)
    func `what is remembered is what is there, whatever changes`(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        try project.makeFiles((0..<12).map { "data/\($0 % 3)/file\($0)" })
        for round in 0..<12 {
            for _ in 0..<Int.random(in: 0..<4, using: &random) { try change(&random, round) }
            // Changes within a clock tick are not recorded; those of older files are.
            if Bool.random(using: &random) { sleepPastTick() }
            let truth = try truth()
            #expect(try project.content("data")?.name == truth)
            #expect(try project.content("data")?.name == truth)
        }
    }

    @Test func `files swapped by renaming give another listing`() throws {
        try project.makeFiles(["data/a", "data/b", "data/c"])
        sleepPastTick()
        let before = try project.tree("data").name
        #expect(try project.tree("data").name == before)
        for (from, to) in [("a", "x"), ("b", "a"), ("x", "b")] {
            try project.root.appending("data/\(from)").rename(
                to: project.root.appending("data/\(to)")
            )
        }
        let after = try project.tree("data").name
        #expect(after == (try truth()))
        #expect(after != before)
    }
}

@Suite struct CompleteListingTests {
    let project: TestProject
    static let count = 2_500

    init() throws {
        project = try TestProject()
        try project.makeFiles((0..<Self.count).map { "data/\($0 % 5)/file\($0)" })
        sleepPastTick()
    }

    private func stored() throws -> HashedTree {
        let state = project.state()
        defer { state.close() }
        let hasher = TreeHasher(walk: project.walk, state: state)
        let content = try hasher.content(
            at: project.root.appending("data"),
            storingIn: project.store
        )
        guard case .directory(let tree)? = content else { throw TestProject.NotAFolder() }
        return tree
    }

    /// The objects that are missing, and whether they were looked for.
    private func search(_ tree: HashedTree) throws -> (missing: [ObjectName], isSearched: Bool) {
        let state = project.state()
        defer { state.close() }
        var isSearched = false
        let missing = try CompleteListings(in: project.store, state: state, jobs: 2)
            .missing(of: tree.name, count: tree.count) {
                isSearched = true
                return (0..<tree.count).map { ObjectName(tree.digest(at: $0)) }
            }
        return (missing, isSearched)
    }

    @Test func `objects are looked for again only after the cache has changed`() throws {
        let tree = try stored()
        sleepPastTick()
        #expect(try search(tree) == ([], true))
        #expect(try search(tree) == ([], false))

        let victim = ObjectName(tree.digest(at: 1_234))
        let hex = victim.text
        try project.store.root.appending("files/md5/\(hex.prefix(2))/\(hex.dropFirst(2))")
            .removeFile()
        #expect(try search(tree) == ([victim], true))
        #expect(try stored().counters.stored == 1)
        #expect(try search(tree) == ([], true))
    }

    @Test(arguments: [false, true])
    func `a lost object is stored again though only another file has changed`(
        isRemembered: Bool
    ) throws {
        let tree = try stored()
        sleepPastTick()
        if isRemembered { #expect(try search(tree).missing == []) }
        let victim = ObjectName(tree.digest(at: 1_234))
        let hex = victim.text
        try project.store.root.appending("files/md5/\(hex.prefix(2))/\(hex.dropFirst(2))")
            .removeFile()
        try project.directory.write("changed", to: "data/0/file0")
        sleepPastTick()
        #expect(try stored().counters.stored == 2)
        #expect(try project.store.contains(victim))
    }

    @Test(arguments: ["data/0/file0", "data/0/new", nil])
    func `one file that changes, comes or goes leaves all others known`(file: String?) throws {
        let tree = try stored()
        sleepPastTick()
        #expect(try search(tree).missing == [])
        if let file {
            try project.directory.write("changed", to: file)
        } else {
            try project.root.appending("data/1/file1").removeFile()
        }
        sleepPastTick()
        let after = try stored()
        #expect(after.name != tree.name)
        #expect(after.counters.stored == (file == nil ? 0 : 1))
        #expect(try project.store.contains(after.name))
        #expect(try search(after) == ([], true))
    }

    @Test func `a cache that lost a folder is looked into again`() throws {
        let tree = try stored()
        sleepPastTick()
        _ = try search(tree)
        try project.store.root.removeTree()
        #expect(try search(tree).missing.count == Self.count)
    }
}
