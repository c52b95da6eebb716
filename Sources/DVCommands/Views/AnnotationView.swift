import DVProject
import DVReporting
import DVTerminal

/// Outputs with their annotations.
struct AnnotationView {
    private let outputs: [AnnotatedOutput]

    init(_ outputs: [AnnotatedOutput]) {
        self.outputs = outputs
    }

    /// Nothing for no outputs.
    var lines: [String] {
        outputs.isEmpty ? [] : TextTable([Self.headers] + rows).lines
    }

    var markdown: [String] { MarkdownTable(headers: Self.headers, rows: rows).lines + [""] }

    private static let headers = ["Path", "Type", "Labels", "Description"]

    private var rows: [[String]] {
        outputs.map { output in
            let labels = output.options.labels.joined(separator: ",")
            let cells = [output.options.type, labels, output.options.description]
            return [output.path] + cells.map { $0.map { $0.isEmpty ? "-" : $0 } ?? "-" }
        }
    }

    var json: String {
        let values = outputs.map { output in
            JSONValue.object([
                ("path", .string(output.path)),
                ("type", output.options.type.map { .string($0) } ?? .null),
                ("labels", .array(output.options.labels.map { .string($0) })),
                ("desc", output.options.description.map { .string($0) } ?? .null),
            ])
        }
        return JSONValue.array(values).serialized()
    }
}
