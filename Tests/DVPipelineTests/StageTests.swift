import DVFormats
import DVHashing
import DVPipeline
import DVSystem
import Testing

@Suite struct StageTests {
    @Test(arguments: [
        ("/p", "dvc.yaml", "train"),
        ("/p", "sub/dvc.yaml", "sub/dvc.yaml:train"),
        ("/p/sub", "sub/dvc.yaml", "train"),
        ("/p/sub", "dvc.yaml", "../dvc.yaml:train"),
    ])
    func `a stage is addressed from the user's directory`(
        here: String,
        file: String,
        address: String
    ) {
        let place = ProjectPlace(root: path("/p"), workingDirectory: path(here))
        #expect(stage("train", in: file, at: place).address == address)
    }

    @Test func `paths are resolved against the working directory of the stage`() {
        let stage = stage("s", ["../a", "/abs/b"], ["c"], in: "sub/dvc.yaml") {
            $0.workingDirectory = "deep"
            $0.parameters = [ParameterSelection(keys: ["lr"])]
        }
        #expect(stage.workingDirectory == path("/p/sub/deep"))
        #expect(stage.dependencies.map(\.path) == [path("/p/sub/a"), path("/abs/b")])
        #expect(stage.dependencies.map(\.display) == ["sub/a", "/abs/b"])
        #expect(stage.outputs.map(\.display) == ["sub/deep/c"])
        #expect(stage.parameters.map(\.display) == ["sub/deep/params.yaml"])
    }

    @Test func `an import is a frozen stage without command`() {
        var pointer = PointerFile(outputs: [PointerOutput(RecordedPath(path: "data"))])
        let plain = Stage(pointer, in: path("/p/data.dvc"), at: place)
        #expect(plain.address == "data.dvc")
        #expect(plain.isDataSource && !plain.isFrozen && !plain.isCallback)
        pointer.dependencies = [PointerDependency(path: "https://example.com/data")]
        let imported = Stage(pointer, in: path("/p/data.dvc"), at: place)
        #expect(imported.isImport && imported.isFrozen && imported.dependencies.isEmpty)
    }

    @Test func `only a command that reads and writes nothing declared is a callback`() {
        #expect(stage("a").isCallback)
        #expect(!stage("a", ["x"]).isCallback)
        #expect(!stage("a") { $0.parameters = [ParameterSelection(keys: [])] }.isCallback)
    }

    @Test func `arguments of a new stage are checked`() throws {
        try stage("a", ["x", "../outside"], ["y"]).checkArguments(at: place)
        #expect(throws: GraphError.outputIsDependency("/p/x")) {
            try stage("a", ["x"], ["x"]).checkArguments(at: place)
        }
        #expect(throws: GraphError.duplicateArgument("/p/x")) {
            try stage("a", ["x", "./x"]).checkArguments(at: place)
        }
        #expect(throws: GraphError.externalOutputs(["/q/x"])) {
            try stage("a", [], ["../q/x"]).checkArguments(at: place)
        }
    }
}
