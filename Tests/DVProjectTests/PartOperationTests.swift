import DVProject
import DVSystem
import DVTestSupport
import DVWorkspace
import Testing

/// Work on single files of a tracked directory of which neither workspace nor cache has the rest.
@Suite struct PartOperationTests {
    private let project: EngineProject

    /// The directory is on the remote; here is only its pointer.
    init() throws {
        project = try EngineProject()
        for name in ["a", "b", "sub/c", "sub/d"] { try project.write(name, to: "data/" + name) }
        try project.add("data")
        try project.shareThroughFolder()
        _ = try project.push()
        try project.path("data").removeTree()
        try project.cache.removeTree()
    }

    /// What the directory holds now, by its pointer alone.
    private func members() throws -> [String] {
        let pulled = try project.open()
        _ = try PullOperation(
            TransferRequest(TargetSelection(targets: ["data"])),
            checkout: CheckoutOptions(force: true)
        )
        .run(in: pulled)
        return try TreeSnapshot(of: project.path("data")).paths
    }

    private func commit(_ target: String, isForced: Bool = true) throws {
        let opened = try project.open()
        _ = try CommitOperation(
            selection: TargetSelection(targets: [target]),
            isForced: isForced,
            isRelinking: true,
            confirm: { _ in false }
        )
        .run(in: opened)
    }

    private func remove(_ targets: String..., isRemovingOutputs: Bool = false) throws {
        let opened = try project.open()
        _ = try RemoveOperation(targets: targets, isRemovingOutputs: isRemovingOutputs)
            .run(in: opened)
    }

    @Test func `files are added to a directory that is not here`() throws {
        try project.write("new", to: "data/new")
        try project.write("changed", to: "data/sub/c")
        try project.add("data/new", "data/sub/c")
        #expect(try project.push("data/new", "data/sub/c") == 3)
        #expect(try members() == ["a", "b", "new", "sub", "sub/c", "sub/d"])
        #expect(try project.text("data/sub/c") == "changed")
    }

    @Test func `a folder replaces the entries below it, and a lost one takes them away`() throws {
        try project.write("x", to: "data/sub/x")
        try project.add("data/sub")
        #expect(try project.text("data.dvc").contains("nfiles: 3"))
        try project.path("data/sub").removeTree()
        try project.add("data/sub")
        #expect(try members() == ["a", "b"])
    }

    @Test func `what was never there cannot be added`() throws {
        try project.path("data").makeDirectories()
        let before = try project.text("data.dvc")
        #expect(throws: ProjectError.self) { try project.add("data/nothing") }
        #expect(try project.text("data.dvc") == before)
    }

    @Test func `a part behind a link to a folder is refused`() throws {
        let elsewhere = project.directory.appending("elsewhere")
        try elsewhere.makeDirectories()
        try elsewhere.appending("f").replaceContents(with: [1])
        try project.path("data").makeDirectories()
        try project.path("data/link").makeSymbolicLink(to: elsewhere.filePath)
        #expect(throws: WorkspaceError.self) { try project.add("data/link/f") }
    }

    @Test func `without the listing nothing is recorded`() throws {
        try project.remote.removeTree()
        try project.write("new", to: "data/new")
        let before = try project.text("data.dvc")
        #expect(throws: ProjectError.self) { try project.add("data/new") }
        #expect(try project.text("data.dvc") == before)
    }

    @Test func `an uncommitted part keeps the other entries in the listing`() throws {
        try project.write("new", to: "data/new")
        let opened = try project.open()
        _ = try AddOperation(targets: ["data/new"], options: AddOptions(isCommitting: false))
            .run(in: opened)
        try project.add("data/new")
        #expect(try members() == ["a", "b", "new", "sub", "sub/c", "sub/d"])
    }

    @Test func `a commit of a part records that part, after a question`() throws {
        try project.write("changed", to: "data/a")
        let before = try project.text("data.dvc")
        #expect(throws: ProjectError.self) { try commit("data/a", isForced: false) }
        #expect(try project.text("data.dvc") == before)
        try commit("data/a")
        #expect(try project.text("data.dvc").contains("nfiles: 4"))
        try commit("data/a", isForced: false)
        #expect(try members() == ["a", "b", "sub", "sub/c", "sub/d"])
        #expect(try project.text("data/a") == "changed")
    }

    @Test func `an entry is removed from the pointer, its file only if asked for`() throws {
        try project.write("b", to: "data/b")
        try remove("data/b", "data/sub/d")
        #expect(try project.text("data/b") == "b")
        try project.path("data").removeTree()
        #expect(try members() == ["a", "sub", "sub/c"])
        try remove("data/sub", isRemovingOutputs: true)
        #expect(try TreeSnapshot(of: project.path("data")).paths == ["a"])
        #expect(try project.status().report.isEmpty)
    }

    @Test func `an entry that is not there cannot be removed`() throws {
        let before = try project.text("data.dvc")
        #expect(throws: ProjectError.self) { try remove("data/a", "data/nothing") }
        #expect(try project.text("data.dvc") == before)
    }
}
