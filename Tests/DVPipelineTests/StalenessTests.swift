import DVFormats
import DVPipeline
import DVSystem
import Testing

@Suite struct StalenessTests {
    private let contents = FakeContents()
    private let train = stage("train", ["data.csv"], ["model"]) {
        $0.parameters = [ParameterSelection(keys: ["lr", "tr.a"])]
    }
    private var record = StageRecord(command: .single("echo train"))

    init() {
        contents.set("data.csv", "1")
        contents.set("model", "m")
        setParameters(lr: 1, a: 2)
        record.dependencies["data.csv"] = FakeContents.record("1")
        record.outputs["model"] = FakeContents.record("m")
        record.parameters["params.yaml"] = ["lr": .integer(1), "tr.a": .integer(2)]
    }

    @Test func `nothing changed gives no reason`() throws {
        #expect(try reasons().isEmpty)
        #expect(try firstReason() == nil)
    }

    @Test func `a stage that never ran is reported as DVC does`() throws {
        contents.set("model", nil)
        let reasons = try Staleness(contents).reasons(train, nil)
        #expect(
            entries(reasons) == [
                .dependencies([item("data.csv", "modified"), item("params.yaml", "new")]),
                .outputs([item("model", "deleted")]),
            ]
        )
        #expect(contents.hashed.isEmpty, "nothing is recorded, so nothing need be hashed")
    }

    @Test func `a changed command comes last in status and first for repro`() throws {
        let record = StageRecord(command: .single("echo old"))
        let reasons = try Staleness(contents).reasons(train, record)
        #expect(entries(reasons).last == .text("changed command"))
        let first = try Staleness(contents).firstReason(train, record)
        #expect(first == .command(old: .single("echo old"), new: .single("echo train")))
        #expect(contents.hashed.isEmpty)
    }

    @Test func `a changed dependency tells both contents, and outputs are not hashed for repro`()
        throws
    {
        contents.set("data.csv", "2")
        guard case .dependency(let change) = try firstReason() else {
            Issue.record("no dependency")
            return
        }
        #expect(change.change == .modified)
        #expect(change.old == FakeContents.record("1") && change.new == FakeContents.record("2"))
        #expect(contents.hashed == [path("/p/data.csv")])
    }

    @Test func `an address is compared by what its storage says`() throws {
        let stage = stage("s", ["s3://b/x", "remote://r/dir"], [])
        let mark = ContentMark(.etag, "1", size: 5)
        var record = StageRecord(command: .single("echo s"))
        contents.set(address: "s3://b/x", .mark(mark))
        contents.set(address: "remote://r/dir", .content(FakeContents.record("d")))
        let staleness = Staleness(contents)
        #expect(
            entries(try staleness.reasons(stage, nil)) == [
                .dependencies([item("s3://b/x", "modified"), item("remote://r/dir", "modified")])
            ]
        )
        record.marks["s3://b/x"] = ContentMark(.etag, "1")
        record.dependencies["remote://r/dir"] = FakeContents.record("d")
        #expect(try staleness.reasons(stage, record).isEmpty)
        contents.set(address: "s3://b/x", .mark(ContentMark(.checksum, "1")))
        contents.set(address: "remote://r/dir", nil)
        #expect(
            entries(try staleness.reasons(stage, record)) == [
                .dependencies([item("s3://b/x", "modified"), item("remote://r/dir", "deleted")])
            ]
        )
        #expect(contents.hashed.isEmpty, "no address is taken for a path")
        #expect(!stage.isCacheable(at: place))
    }

    @Test func `each changed parameter is listed under its file`() throws {
        setParameters(lr: 5, a: nil)
        #expect(
            try entries(reasons()) == [
                .dependencies([
                    StatusReport.Item(
                        path: "params.yaml",
                        state: .parameters([
                            StatusReport.Parameter(key: "lr", state: "modified"),
                            StatusReport.Parameter(key: "tr.a", state: "deleted"),
                        ])
                    )
                ])
            ]
        )
    }

    @Test func `an integer parameter equals the float of its value`() throws {
        contents.setParameters(
            "params.yaml",
            .mapping([("lr", .float(1)), ("tr", .mapping([("a", .integer(2))]))])
        )
        #expect(try reasons().isEmpty)
    }

    @Test func `a parameter file that is gone is deleted as a whole`() throws {
        contents.setParameters("params.yaml", nil)
        #expect(try entries(reasons()) == [.dependencies([item("params.yaml", "deleted")])])
    }

    @Test func `a wholly tracked file compares its top keys, then recorded ones`() throws {
        let whole = stage("whole") { $0.parameters = [ParameterSelection(keys: [])] }
        var record = StageRecord(command: .single("echo whole"))
        record.parameters["params.yaml"] = ["lr": .integer(1), "gone": .integer(3)]
        let reasons = try Staleness(contents).reasons(whole, record)
        #expect(
            reasons.compactMap { reason -> String? in
                guard case .parameter(let change) = reason else { return nil }
                return "\(change.key) \(change.change.rawValue)"
            } == ["tr new", "gone deleted"]
        )
    }

    @Test(
        arguments: [
            ("m", true, "not in cache"), ("other", false, "modified"), (nil, false, "deleted"),
        ] as [(String?, Bool, String)]
    )
    func `an output is missing, modified or not in the cache`(
        content: String?,
        isDropped: Bool,
        state: String
    ) throws {
        contents.set("model", content)
        if isDropped { contents.dropFromCache("m") }
        #expect(try entries(reasons()) == [.outputs([item("model", state)])])
        #expect(try firstReason() != nil)
    }

    @Test func `absent data is forgiven when asked, changed data is not`() throws {
        contents.set("model", nil)
        contents.set("data.csv", nil)
        let staleness = Staleness(contents, allowsMissing: true)
        #expect(try staleness.firstReason(train, record) == nil)
        contents.set("data.csv", "2")
        #expect(try staleness.firstReason(train, record) != nil)
    }

    @Test func `a frozen stage does not look at its inputs`() throws {
        let frozen = stage("train", ["data.csv"], ["model"]) { $0.isFrozen = true }
        contents.set("data.csv", "2")
        #expect(try Staleness(contents).reasons(frozen, record).isEmpty)
        #expect(try Staleness(contents).firstReason(frozen, record) == nil)
    }

    @Test func `a callback and a stage declared so are always changed`() throws {
        let callback = stage("cb")
        let record = StageRecord(command: .single("echo cb"))
        #expect(try Staleness(contents).firstReason(callback, record) == .alwaysChanged)
        let always = stage("cb", ["data.csv"]) { $0.isAlwaysChanged = true }
        #expect(
            try entries(Staleness(contents).reasons(always, record)).last == .text("always changed")
        )
    }

    /// The text that `dvc status --json` printed for such a project.
    @Test func `a report has the structure of DVC's JSON`() throws {
        contents.set("data.csv", "2")
        setParameters(lr: nil, a: 2)
        var report = StatusReport()
        try report.append(train, reasons())
        try report.append(stage("cb"), Staleness(contents).reasons(stage("cb"), nil))
        #expect(
            report.value
                == .mapping([
                    (
                        "train",
                        .list([
                            .mapping([
                                (
                                    "changed deps",
                                    .mapping([
                                        ("data.csv", .string("modified")),
                                        ("params.yaml", .mapping([("lr", .string("deleted"))])),
                                    ])
                                )
                            ])
                        ])
                    ), ("cb", .list([.string("always changed")])),
                ])
        )
    }

    private func reasons() throws -> [StaleReason] {
        try Staleness(contents).reasons(train, record)
    }

    private func firstReason() throws -> StaleReason? {
        try Staleness(contents).firstReason(train, record)
    }

    private func entries(_ reasons: [StaleReason]) -> [StatusReport.Entry] {
        var report = StatusReport()
        report.append(train, reasons)
        return report.stages.flatMap(\.entries)
    }

    private func item(_ path: String, _ state: String) -> StatusReport.Item {
        StatusReport.Item(path: path, state: .text(state))
    }

    private func setParameters(lr: Int?, a: Int?) {
        let top = lr.map { [("lr", DataValue.integer($0))] } ?? []
        let below = a.map { [("a", DataValue.integer($0))] } ?? []
        contents.setParameters("params.yaml", .mapping(top + [("tr", .mapping(below))]))
    }
}
