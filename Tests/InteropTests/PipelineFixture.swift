import DVSystem
import DVTestSupport

/// A project with a `dvc.yaml`, from `Tests/Fixtures/pipelines`: a line about it, then files, each behind `-- NAME --`.
struct PipelineFixture: Sendable, CustomStringConvertible {
    let name: String
    private let files: [(name: String, text: String)]

    var description: String { name }

    /// Stages that are compared but never run.
    var isDry: Bool { name == "large" }

    /// Sorted by name.
    static let all = Result { () throws -> [PipelineFixture] in
        try TreeSnapshot(of: folder).paths.filter { $0.hasSuffix(".txt") }.map { file in
            let text = String(decoding: try folder.appending(file).readBytes(), as: UTF8.self)
            return PipelineFixture(name: String(file.dropLast(4)), text: text)
        }
    }

    static let folder = AbsolutePath(#filePath, relativeTo: .root)
        .parent.parent.appending("Fixtures/pipelines")

    private init(name: String, text: String) {
        self.name = name
        var files: [(name: String, text: String)] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("-- "), line.hasSuffix(" --") {
                files.append((String(line.dropFirst(3).dropLast(3)), ""))
            } else if !files.isEmpty {
                files[files.count - 1].text += line + "\n"
            }
        }
        self.files = files
    }

    /// Makes it a folder of a project; settings may be among its files.
    func write(into project: TemporaryProject) throws {
        try project.write("[core]\n    no_scm = True\n", to: "\(name)/.dvc/config")
        for file in files { try project.write(file.text, to: "\(name)/\(file.name)") }
    }
}
