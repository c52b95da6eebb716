import DVFormats
import DVObjects
import DVProject
import DVReporting

/// Why metrics or parameters cannot be had: DVC's name for it, and words.
struct FigureProblem {
    let type: String
    let text: String

    private init(type: String, text: String) {
        self.type = type
        self.text = text
    }

    init(_ failure: FigureFailure) {
        switch failure {
        case .missing(let path):
            self.init(
                type: "FileNotFoundError",
                text: "[Errno 2] No such file or directory: '\(path)'"
            )
        case .isDirectory(let path):
            self.init(type: "IsADirectoryError", text: "[Errno 21] Is a directory: '\(path)'")
        case .malformed(let error): self.init(inFigures: error)
        case .notStored(let path):
            self.init(
                type: "FileNotFoundError",
                text: "[Errno 2] No storage files available: '\(path)'"
            )
        case .listingNotStored(let names):
            let list = names.map { DataValue.string($0).pythonLiteral }.joined(separator: ", ")
            self.init(
                type: "DataIndexDirError",
                text: "failed to load directory (\(list)\(names.count == 1 ? "," : ""))"
            )
        case .unreadable(let error): self.init(error)
        }
    }

    /// Of the stages of a project.
    init(_ error: any Error) {
        text = ErrorAccount(error).text
        switch error {
        case let error as FormatError:
            type = error.isSyntax ? "YAMLSyntaxError" : "YAMLValidationError"
        case is TemplateError: type = "ResolveError"
        default: type = "DvcException"
        }
    }

    private init(inFigures error: FormatError) {
        let place = [error.line.map { "line \($0)" }, error.column.map { "column \($0)" }]
            .compactMap(\.self)
            .joined(separator: ", ")
        guard !error.problem.hasSuffix("is not valid utf-8") else {
            type = "EncodingError"
            text = "unable to read: '\(error.file)', is not valid utf-8"
            return
        }
        let format = Self.format(of: error.file)
        type = format + "FileCorruptedError"
        text =
            "unable to read: '\(error.file)', \(format) file structure is corrupted"
            + " (\(place.isEmpty ? "" : place + ": ")\(error.problem))"
    }

    private static func format(of file: String) -> String {
        switch file.split(separator: ".").last?.lowercased() {
        case "json": "JSON"
        case "toml": "TOML"
        case "py": "Python"
        default: "YAML"
        }
    }

    var json: JSONValue { ["error": ["type": .string(type), "msg": .string(text)]] }
}

/// Tells on standard error what cannot be had.
struct FigureProblemView {
    private let kind: FigureKind
    private let project: Project

    init(_ kind: FigureKind, in project: Project) {
        self.kind = kind
        self.project = project
    }

    /// `incomplete`: the names of moments that the answer is about.
    func show(_ moments: [FigureMoment], incomplete: [String]) {
        let noun = kind == .metrics ? "metrics" : "params"
        for case let (name, .failure(error)) in moments.map({ ($0.name, $0.content) }) {
            let text = FigureProblem(error).text
            project.reporter.report(
                .warning("failed to load \(noun) in revision '\(name)', \(text)")
            )
        }
        guard !incomplete.isEmpty else { return }
        project.reporter.report(
            .notice(
                "DVC failed to load some metrics for following revisions: '\(incomplete.joined(separator: ", "))'."
            )
        )
        var told: Set<String> = []
        for file in moments.filter({ incomplete.contains($0.name) }).flatMap(\.files) {
            guard let failure = file.failure else { continue }
            let line = "  \(project.display(file.path)): \(FigureProblem(failure).text)"
            if told.insert(line).inserted { project.reporter.report(.notice(line)) }
        }
    }
}
