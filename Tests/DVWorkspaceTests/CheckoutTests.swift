import DVFormats
import DVHashing
import DVObjects
import DVSystem
import DVTestSupport
import DVWorkspace
import Glibc
import Testing

@Suite struct CheckoutTests {
    let project: TestProject

    init() throws {
        project = try TestProject()
        try project.makeFiles(["data/a", "data/sub/b", "data/sub/deep/c"])
        sleepPastTick()
    }

    private var data: AbsolutePath { project.root.appending("data") }

    /// Stores the folder `data` as it is.
    private func store() throws -> DirectoryListing {
        let state = project.state()
        defer { state.close() }
        let hasher = TreeHasher(walk: project.walk, state: state)
        guard case .directory(let tree)? = try hasher.content(at: data, storingIn: project.store)
        else { throw TestProject.NotAFolder() }
        return tree.listing
    }

    @discardableResult
    private func check(
        out target: CheckoutTarget,
        at name: String = "data",
        _ options: CheckoutOptions = CheckoutOptions(),
        links: [LinkType] = [.copy]
    ) throws -> CheckoutPlan {
        var settings = StoreSettings()
        settings.linkTypes = links
        let store = ObjectStore(at: project.store.root, settings: settings)
        let state = project.state()
        defer { state.close() }
        let path = project.root.appending(name)
        let walk = WorkspaceWalk(
            ignoring: IgnoreFiles(projectRoot: project.root),
            pool: project.pool,
            objectsIn: store.root
        )
        let current = try TreeHasher(walk: walk, state: state).content(at: path)
        let checkout = Checkout(
            at: path,
            store: store,
            state: state,
            pool: project.pool,
            options: options
        )
        let plan = try checkout.plan(current: current, target: target)
        try checkout.apply(plan, current: current).throwIfIncomplete()
        return plan
    }

    private func text(_ name: String) throws -> String? {
        try project.root.appending(name).readBytesIfPresent().map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    @Test(arguments: LinkType.allCases)
    func `a removed folder comes back and needs no hashing afterwards`(link: LinkType) throws {
        let listing = try store()
        try data.removeTree()
        // Links have the time of their objects, which must be old enough to be remembered.
        usleep(40_000)
        let plan = try check(out: .directory(listing), links: [link, .copy])
        #expect(plan.kind == .added)
        #expect(try text("data/sub/deep/c") == "data/sub/deep/c")
        let again = try project.tree("data")
        #expect(again.listing == listing)
        if link != .hardlink { #expect(again.counters.hashed == 0) }
    }

    @Test func `changed, missing and extra files are put right when nothing is lost`() throws {
        let listing = try store()
        try project.directory.write("new a", to: "data/a")
        try project.directory.write("extra", to: "data/more/extra")
        try project.root.appending("data/sub/b").removeFile()
        _ = try store()
        let plan = try check(out: .directory(listing))
        #expect((plan.added, plan.modified, plan.deleted) == (1, 1, 1))
        #expect(plan.kind == .modified)
        #expect(try project.tree("data").listing == listing)
        #expect(try !project.root.appending("data/more").exists())
        #expect(try check(out: .directory(listing)).kind == nil)
    }

    @Test func `unsaved data stops everything, all of it is named, and force goes on`() throws {
        let listing = try store()
        try project.directory.write("precious", to: "data/a")
        try project.directory.write("extra", to: "data/extra")
        try project.root.appending("data/sub/b").removeFile()
        do {
            try check(out: .directory(listing))
            Issue.record("data was lost")
        } catch WorkspaceError.unsafeCheckout(let conflicts) {
            #expect(conflicts.map(\.path.name) == ["a", "extra"])
            #expect(conflicts.map(\.kind) == [.replaced, .removed])
        }
        #expect(try text("data/a") == "precious")
        #expect(try text("data/sub/b") == nil)
        try check(out: .directory(listing), CheckoutOptions(force: true))
        #expect(try project.tree("data").listing == listing)
    }

    @Test func `missing objects are found before anything changes, or left out when allowed`()
        throws
    {
        let listing = try store()
        let digest = Digest(of: Array("data/sub/b".utf8)).hex
        try project.store.root.appending("files/md5/\(digest.prefix(2))/\(digest.dropFirst(2))")
            .removeFile()
        try data.removeTree()
        do {
            try check(out: .directory(listing))
            Issue.record("nothing was missing")
        } catch WorkspaceError.missingObjects(let missing) {
            #expect(missing.map(\.path.name) == ["b"])
        }
        #expect(try !data.exists())
        try check(out: .directory(listing), CheckoutOptions(allowMissing: true))
        #expect(try project.paths("data") == ["a", "sub/deep/c"])
    }

    @Test func `files become folders and folders become files`() throws {
        let before = try store()
        try project.root.appending("data/a").removeFile()
        try project.directory.write("inside", to: "data/a/inside")
        try project.root.appending("data/sub").removeTree()
        try project.directory.write("file now", to: "data/sub")
        let after = try store()
        try check(out: .directory(before))
        #expect(try project.tree("data").listing == before)
        try check(out: .directory(after))
        #expect(try project.tree("data").listing == after)
        let object = ObjectName(Digest(of: Array("inside".utf8)))
        try check(out: .file(object, isExecutable: true))
        #expect(try text("data") == "inside")
        #expect(try FileStatus.following(data).isExecutable)
        try check(out: .directory(before))
        #expect(try project.tree("data").listing == before)
        try check(out: .nothing)
        #expect(try !data.exists())
    }

    @Test func `nothing is written behind a link to a folder`() throws {
        let listing = try store()
        try project.root.appending("data/sub").removeTree()
        try project.root.appending("elsewhere").makeDirectories()
        try project.root.appending("data/sub").makeSymbolicLink(to: "../elsewhere")
        try project.root.appending("data/a").removeFile()
        #expect(throws: WorkspaceError.self) { try check(out: .directory(listing)) }
        #expect(try project.root.appending("elsewhere").childNames().isEmpty)
        #expect(try text("data/a") == nil)
    }

    @Test func `ignored files survive the removal of their folder`() throws {
        try project.directory.write("*.log\n", to: ".dvcignore")
        try project.directory.write("keep", to: "data/sub/x.log")
        _ = try store()
        try check(out: .nothing)
        #expect(try text("data/sub/x.log") == "keep")
        #expect(try text("data/a") == nil)
    }

    @Test func `relinking changes the kind of link and keeps the content`() throws {
        let listing = try store()
        let relink = CheckoutOptions(relink: true)
        try check(out: .directory(listing), relink, links: [.symlink])
        #expect(try FileStatus.ifPresent(data.appending("a"))?.isSymbolicLink == true)
        #expect(try project.tree("data").listing == listing)
        try check(out: .directory(listing), relink, links: [.hardlink])
        #expect(try FileStatus.ifPresent(data.appending("a"))?.linkCount == 2)
        try check(out: .directory(listing), relink, links: [.copy])
        let plain = try FileStatus.ifPresent(data.appending("a"))
        #expect(plain?.linkCount == 1)
        try check(out: .directory(listing), relink, links: [.copy])
        #expect(try FileStatus.ifPresent(data.appending("a"))?.inode == plain?.inode)
    }

    @Test func `links to removed objects come back with their objects`() throws {
        let listing = try store()
        try check(out: .directory(listing), CheckoutOptions(relink: true), links: [.symlink])
        let files = project.store.root.appending("files")
        try files.rename(to: project.root.appending("aside"))
        #expect(throws: WorkspaceError.self) {
            try check(out: .directory(listing), links: [.symlink])
        }
        try project.root.appending("aside").rename(to: files)
        try project.root.appending("data/a").removeFile()
        let nowhere = project.store.root.appending("files/md5/00/gone")
        try project.root.appending("data/a").makeSymbolicLink(to: nowhere.filePath)
        try check(out: .directory(listing), links: [.symlink])
        #expect(try text("data/a") == "data/a")
    }

    @Test func `a damaged object fails its file alone`() throws {
        let listing = try store()
        let digest = Digest(of: Array("data/a".utf8)).hex
        let object = project.store.root
            .appending("files/md5/\(digest.prefix(2))/\(digest.dropFirst(2))")
        try object.setPermissions(0o644)
        try object.replaceContents(with: Array("DATA/A".utf8))
        try data.removeTree()
        do {
            try check(out: .directory(listing))
            Issue.record("damage went unnoticed")
        } catch WorkspaceError.failedFiles(let files) {
            #expect(files.map(\.path.name) == ["a"])
        }
        #expect(try project.paths("data") == ["sub/b", "sub/deep/c"])
    }
}
