import DVFormats
import Testing

/// All that is wrong with a file is told at once.
@Suite struct SchemaProblemsTests {
    @Test func `every problem of a pipeline has its place`() throws {
        let error = #expect(throws: FormatError.self) {
            _ = try PipelineFile(parsing: Array(Self.pipeline.utf8), file: "dvc.yaml")
        }
        #expect(
            error?.places == [
                "1:7 vars", "2:14 params.1", "3:16 artifacts.m", "3:17 artifacts.m.pat",
                "6:14 stages.a.cmd.1", "7:17 stages.a.outs.0.o.cach",
                "7:35 stages.a.outs.0.o.push", "7:40 stages.a.outs.1", "8:14 stages.a.params.0",
                "8:22 stages.a.params.1.f.0", "9:25 stages.b.do", "9:26 stages.b.do.cmdd",
                "10:6 stages.c",
            ]
        )
    }

    private static let pipeline = """
        vars: 3
        params: [ok, 1]
        artifacts: {m: {pat: x}}
        stages:
          a:
            cmd: [x, [y]]
            outs: [{o: {cach: true, push: 3}}, 3]
            params: [3, {f: [3]}]
          b: {foreach: [1], do: {cmdd: x}}
          c: 3

        """

    @Test func `every problem of a lock file is told, whichever way it is read`() throws {
        let quick = "schema: '2.0'\nstages:\n  a:\n    cmd: 3\n    deps:\n    - path: 3\n"
        let file = try LockFile(parsing: Array(quick.utf8), file: "dvc.lock")
        let error = #expect(throws: FormatError.self) { _ = try file.stage(named: "a") }
        #expect(error?.places == ["4:10 stages.a.cmd", "6:13 stages.a.deps.0.path"])

        let whole = "schema: '1.0'\nstages: {a: {deps: 3}, b: {cmd: x, out: []}}\n"
        let other = #expect(throws: FormatError.self) {
            _ = try LockFile(parsing: Array(whole.utf8), file: "dvc.lock")
        }
        #expect(
            other?.places == [
                "1:9 schema", "2:13 stages.a", "2:20 stages.a.deps", "2:36 stages.b.out",
            ]
        )
    }

    @Test func `every problem of a pointer is told`() throws {
        let text = "outs:\n- pth: x\n  md5: 3\n  size: many\nfoo: 1\n"
        let error = #expect(throws: FormatError.self) {
            _ = try PointerFile(parsing: Array(text.utf8), file: "x.dvc")
        }
        #expect(
            error?.places
                == ["2:3 outs.0.pth", "2:3 outs.0", "3:8 outs.0.md5", "4:9 outs.0.size", "5:1 foo"]
        )
    }

    @Test func `a single problem stands alone`() throws {
        let error = #expect(throws: FormatError.self) {
            _ = try PipelineFile(parsing: Array("stages:\n  a: {cmd: 3}\n".utf8), file: "dvc.yaml")
        }
        #expect(error?.others.isEmpty == true)
        #expect(error?.problem.contains("the number 3") == true)
    }
}

extension FormatError {
    fileprivate var places: [String] {
        ([self] + others).map { "\($0.line ?? 0):\($0.column ?? 0) \($0.key ?? "")" }
    }
}
