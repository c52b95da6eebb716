import DVProject
import DVSystem
import DVTestSupport
import Testing

/// Data whose pointer is gone, as after switching to another branch, goes with the next full checkout, if nothing is lost by it.
@Suite struct OutputRegistryTests {
    private let project: EngineProject

    init() throws {
        project = try EngineProject()
        try project.write("a", to: "data/a")
        try project.write("kept", to: "kept.csv")
        sleepPastTick()
        try project.add("data", "kept.csv")
    }

    /// What Git does with the pointer of a branch that is left.
    private func leaveBranch() throws {
        try project.path("data.dvc").removeFile()
    }

    @Test func `unchanged data of another branch goes and comes back`() throws {
        let pointer = try project.text("data.dvc")
        try leaveBranch()
        #expect(try project.checkout().deleted == ["data/"])
        #expect(try !project.path("data").exists())
        #expect(try project.text("kept.csv") == "kept")
        try project.write(pointer, to: "data.dvc")
        #expect(try project.checkout().added == ["data/"])
        #expect(try project.text("data/a") == "a")
    }

    @Test func `data that a user changed stays`() throws {
        try leaveBranch()
        try project.write("precious", to: "data/new")
        #expect(try project.checkout().deleted.isEmpty)
        #expect(try project.text("data/new") == "precious")
    }

    @Test func `data that the cache does not have stays`() throws {
        try leaveBranch()
        try project.cache.removeTree()
        try project.add("kept.csv")
        #expect(try project.checkout().deleted.isEmpty)
        #expect(try project.text("data/a") == "a")
    }

    @Test func `a checkout of single targets leaves other data alone`() throws {
        try leaveBranch()
        try project.checkout("kept.csv")
        #expect(try project.text("data/a") == "a")
    }

    @Test func `data that is no longer tracked by choice stays`() throws {
        let opened = try project.open()
        _ = try RemoveOperation(targets: ["data.dvc"], isRemovingOutputs: false).run(in: opened)
        #expect(try project.checkout().deleted.isEmpty)
        #expect(try project.text("data/a") == "a")
    }

    @Test func `without the memory of what was put there all data stays`() throws {
        try leaveBranch()
        try project.path(".dvc/tmp/dvswift/outputs").replaceContents(with: [1, 0, 2])
        #expect(try project.checkout().deleted.isEmpty)
        #expect(try project.text("data/a") == "a")
    }
}
