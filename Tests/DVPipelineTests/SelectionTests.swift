import DVPipeline
import DVSystem
import DVTestSupport
import Testing

@Suite struct SelectionTests {
    private let directory: TemporaryDirectory
    private let place: ProjectPlace
    private let graph: StageGraph

    init() throws {
        directory = try TemporaryDirectory()
        for file in ["dvc.yaml", "sub/dvc.yaml", "data.dvc"] { try directory.write("", to: file) }
        place = ProjectPlace(root: directory.path, workingDirectory: directory.path)
        let place = place
        graph = try StageGraph([
            stage("train", ["sub/f"], at: place), stage("test", at: place),
            stage("prepare@a:b", at: place),
            stage("feat", [], ["f"], in: "sub/dvc.yaml", at: place),
        ])
    }

    @Test(
        arguments: [
            ([], [0, 1, 2]),
            (["train"], [0]),
            (["dvc.yaml"], [0, 1, 2]),
            ([":test"], [1]),
            (["sub/dvc.yaml:feat"], [3]),
            (["sub/dvc.yaml"], [3]),
            (["test", "dvc.yaml"], [1, 0, 2]),
            (["prepare@a:b"], [2]),
            (["dvc.yaml:prepare@a:b"], [2]),
        ] as [([String], [Int])]
    )
    func `targets name stages as in DVC`(targets: [String], expected: [Int]) throws {
        #expect(try graph.select(targets, at: place) == expected)
    }

    @Test func `a pattern names several stages`() throws {
        let options = SelectionOptions(isGlob: true)
        #expect(try graph.select(["t*"], options, at: place) == [0, 1])
        #expect(try graph.select(["sub/dvc.yaml:f*"], options, at: place) == [3])
        #expect(throws: SelectionError.stageNotFound(name: "z*", file: "dvc.yaml")) {
            try graph.select(["t*", "z*"], options, at: place)
        }
    }

    @Test func `a folder names the stages inside it`() throws {
        let options = SelectionOptions(isRecursive: true)
        #expect(try graph.select(["sub"], options, at: place) == [3])
        #expect(try graph.select(["."], options, at: place) == [3, 0, 1, 2])
    }

    @Test(arguments: [
        ("nope", SelectionError.stageNotFound(name: "nope", file: "dvc.yaml")),
        ("sub/dvc.yaml:x", .stageNotFound(name: "x", file: "sub/dvc.yaml")),
        ("gone.dvc", .fileNotFound("gone.dvc")),
        ("dvc.lock:train", .lockFile(suggestion: "dvc.yaml:train")),
    ])
    func `a target that names nothing is refused`(target: String, error: SelectionError) {
        #expect(throws: error) { try graph.select([target], at: place) }
    }
}
