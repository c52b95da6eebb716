import DVFormats
import DVHashing
import DVTestSupport
import Testing

/// Stages in DVC's plain layout are read without a YAML parser; a comment in a stage is enough to need one.
@Suite struct LockFileReadingTests {
    private static let texts = [
        "echo 1 > out", "python train.py --lr 0.1", "a: b", "a # b", "a#b", "a:b", "x:", "yes",
        "true", "null", "12", "1e3", "'quoted'", "\"x\"", "- item", "[1]", "{a}", "*all", "&x",
        "!t",
        "über", "two\nlines", " lead", "trail ", "", "~", "=", "0x1F", "2020-01-31", "a\tb", "%x",
        "@x",
        "$(date)", "(a)", "/abs/path", "./rel", "_under",
        "very " + String(repeating: "long ", count: 40),
    ]

    @Test(arguments: 0..<30 as Range<UInt64>)
    func `both ways of reading give the same`(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        var lock = LockFile()
        var stages: [String: LockedStage] = [:]
        for number in 0..<8 {
            let stage = Self.stage(using: &random)
            stages["s\(number)"] = stage
            try lock.set(stage, named: "s\(number)")
        }
        let text = String(decoding: lock.serialized(), as: UTF8.self)
        let quick = try LockFile(parsing: Array(text.utf8), file: "dvc.lock")
        let commented = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.hasPrefix("    cmd:") && !$0.hasSuffix(":") ? "    # kept\n\($0)" : String($0)
        }
        let slow = try LockFile(
            parsing: Array(commented.joined(separator: "\n").utf8),
            file: "dvc.lock"
        )
        for (name, stage) in stages {
            let read = try #require(try quick.stage(named: name))
            #expect(try slow.stage(named: name) == read)
            #expect(read.command == stage.command, "\(text)")
            #expect(Set(read.outputs) == Set(stage.outputs), "\(text)")
        }
    }

    @Test(
        arguments: [
            "    cmd: true\n", "    cmd: x\n    deps:\n    - path: a\n      md5: zz\n",
            "    cmd: x\n    outs:\n    - path: a\n      hash: sha\n", "    deps: []\n",
            "    cmd: x\n    other: 1\n",
            "    cmd: x\n    outs:\n    - path: a\n      size: many\n",
        ]
    )
    func `what is wrong is still told`(body: String) throws {
        let text = "schema: '2.0'\nstages:\n  a:\n\(body)"
        #expect(throws: FormatError.self) {
            let lock = try LockFile(parsing: Array(text.utf8), file: "dvc.lock")
            _ = try lock.stage(named: "a")
        }
    }

    private static func stage(using random: inout SplitMix) -> LockedStage {
        func pick() -> String { texts.randomElement(using: &random) ?? "" }
        var stage = LockedStage(
            command: Bool.random(using: &random) ? .single("run " + pick()) : .single(pick())
        )
        stage.dependencies = paths(using: &random)
        stage.outputs = paths(using: &random)
        if Bool.random(using: &random) {
            let values: [DataValue] = [
                .integer(3), .float(0.5), .bool(true), .null, .string(pick()), .integer(-1),
                .list([.integer(1)]), .mapping([("a", .string(pick()))]),
            ]
            var chosen: [String: DataValue] = [:]
            for key in ["lr", "model.depth", "a b", "x:y"] {
                chosen[key] = values.randomElement(using: &random)
            }
            stage.parameters = [LockedParameters(file: "params.yaml", values: chosen)]
        }
        return stage
    }

    private static func paths(using random: inout SplitMix) -> [RecordedPath] {
        (0..<Int.random(in: 0..<3, using: &random)).map { number in
            let isListing = Bool.random(using: &random)
            let digest = Digest(high: random.next(), low: random.next())
            let content = ContentRecord(
                ObjectName(digest, isListing: isListing),
                scheme: Bool.random(using: &random) ? .md5 : .md5DOS2Unix,
                size: Bool.random(using: &random)
                    ? Int64.random(in: 0...Int64.max, using: &random) : nil,
                fileCount: isListing ? 2 : nil,
                isExecutable: !isListing && Bool.random(using: &random)
            )
            let name = texts.randomElement(using: &random) ?? ""
            return RecordedPath(path: "p\(number)\(name)", content: content)
        }
    }
}
