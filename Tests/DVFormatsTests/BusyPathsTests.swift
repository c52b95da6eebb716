import DVFormats
import Testing

@Suite struct BusyPathsTests {
    private let train = BusyPaths.Holder(process: 7, command: "repro train")

    @Test func `what DVC wrote is read`() throws {
        let text = """
            {"write": {"/p/model": {"pid": 12, "cmd": "/bin/dvc repro"}},
             "read": {"/p/data": [{"pid": 12, "cmd": "/bin/dvc repro"}]}}
            """
        let busy = try BusyPaths(parsing: Array(text.utf8), file: "rwlock")
        let dvc = BusyPaths.Holder(process: 12, command: "/bin/dvc repro")
        #expect(busy.writers == ["/p/model": dvc])
        #expect(busy.readers == ["/p/data": [dvc]])
        #expect(try BusyPaths(parsing: Array("{}".utf8), file: "rwlock") == BusyPaths())
        #expect(throws: FormatError.self) {
            try BusyPaths(parsing: Array(#"{"read": {"/a": 3}}"#.utf8), file: "rwlock")
        }
    }

    @Test(
        arguments: [
            (["/p/model"], [], true), (["/p/model/weights"], [], true), (["/p"], [], true),
            (["/p/models"], [], false), (["/p/data"], [], false), ([], ["/p/data"], true),
            ([], ["/p/data/part"], true), ([], ["/p/other"], false),
        ] as [([String], [String], Bool)]
    )
    func `writers block all, readers block writers, at paths that overlap`(
        reading: [String],
        writing: [String],
        isBlocked: Bool
    ) {
        var busy = BusyPaths()
        busy.acquire(reading: ["/p/data"], writing: ["/p/model"], for: train)
        let blocker = busy.blocker(reading: reading, writing: writing)
        #expect((blocker?.holder == train) == isBlocked)
    }

    @Test
    func `a holder whose command has ended is told by the end of its text, and reads no more`()
        throws
    {
        var busy = BusyPaths()
        busy.acquire(reading: ["/data"], writing: ["/model"], for: train)
        busy.setRecording([train])
        let ended = try #require(busy.writers["/model"])
        #expect(ended.isRecording && ended.written == "repro train (recording)")
        #expect(busy.readers.isEmpty)
        let text = #"{"write": {"/model": {"pid": 7, "cmd": "repro train (recording)"}}}"#
        let read = try BusyPaths(parsing: Array(text.utf8), file: "rwlock")
        #expect(read.writers == ["/model": ended])
        #expect(ended.recording(false) == train)
    }

    @Test func `holders that do no harm block nobody`() {
        var busy = BusyPaths()
        let other = BusyPaths.Holder(process: 8, command: "repro other")
        busy.acquire(reading: ["/data"], writing: ["/model"], for: train)
        busy.acquire(reading: ["/data"], writing: [], for: other)
        let blocker = { busy.blocker(reading: $0, writing: $1) { $0 == train } }
        #expect(blocker(["/model"], [])?.holder == nil)
        #expect(blocker([], ["/data"])?.holder == other)
    }

    @Test func `letting go leaves what others hold`() {
        var busy = BusyPaths()
        let other = BusyPaths.Holder(process: 8, command: "repro other")
        busy.acquire(reading: ["/data"], writing: ["/model"], for: train)
        busy.acquire(reading: ["/data"], writing: ["/plot"], for: other)
        busy.remove { $0 == train }
        #expect(busy.readers == ["/data": [other]])
        #expect(busy.writers == ["/plot": other])
    }
}
