import DVFormats
import DVSystem

extension Stage {
    /// The stage that `definition` describes in the `dvc.yaml` at `file`.
    package init(
        _ definition: StageDefinition,
        in file: AbsolutePath,
        at place: ProjectPlace
    ) {
        let directory = Self.directory(definition.workingDirectory, of: file)
        let shown = file.climbing(from: place.workingDirectory)
        id = StageID(file: file, name: definition.name)
        address = shown == Self.projectFileName ? definition.name : "\(shown):\(definition.name)"
        workingDirectory = directory
        command = definition.command
        dependencies = definition.dependencies.map {
            StageDependency($0, from: directory, at: place)
        }
        parameters = definition.parameters.map {
            StageParameters($0, from: directory, at: place)
        }
        outputs = definition.outputs.map {
            StageOutput($0.path, $0.kind, $0.options, from: directory, at: place)
        }
        summary = definition.description
        origin = definition.origin
        usedVariables = definition.usedVariables
        meta = definition.meta
        isFrozen = definition.isFrozen
        isAlwaysChanged = definition.isAlwaysChanged
        isImport = false
    }

    /// The stage of the `.dvc` file at `file`.
    ///
    /// An import is frozen, and its source is outside the project's graph.
    package init(_ pointer: PointerFile, in file: AbsolutePath, at place: ProjectPlace) {
        let directory = Self.directory(pointer.workingDirectory, of: file)
        id = StageID(file: file, name: nil)
        address = file.climbing(from: place.workingDirectory)
        workingDirectory = directory
        command = nil
        dependencies = []
        parameters = []
        outputs = pointer.outputs.map {
            StageOutput($0.recorded.path, .output, $0.options, from: directory, at: place)
        }
        summary = pointer.description
        origin = .written
        usedVariables = []
        meta = nil
        isImport = !pointer.dependencies.isEmpty
        isFrozen = pointer.isFrozen || isImport
        isAlwaysChanged = false
    }

    /// The file that defines stages.
    package static let projectFileName = "dvc.yaml"

    private static func directory(_ written: String?, of file: AbsolutePath) -> AbsolutePath {
        AbsolutePath(written ?? ".", relativeTo: file.parent)
    }
}

extension StageDependency {
    init(_ written: String, from directory: AbsolutePath, at place: ProjectPlace) {
        path = AbsolutePath(written, relativeTo: directory)
        self.written = written
        dataset = Dataset.name(inDependency: written)
        display = written
        if isPath { display = place.display(path, written: written) }
    }
}

extension StageParameters {
    init(_ selection: ParameterSelection, from directory: AbsolutePath, at place: ProjectPlace) {
        file = AbsolutePath(selection.file, relativeTo: directory)
        written = selection.file
        display = place.display(file, written: selection.file)
        keys = selection.keys
    }
}

extension StageOutput {
    init(
        _ written: String,
        _ kind: OutputDefinition.Kind,
        _ options: OutputOptions,
        from directory: AbsolutePath,
        at place: ProjectPlace
    ) {
        path = AbsolutePath(written, relativeTo: directory)
        self.written = written
        display = place.display(path, written: written)
        self.kind = kind
        self.options = options
    }
}
