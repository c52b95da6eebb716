import DVFormats
import DVPipeline
import DVProject
import DVReporting
import DVSystem

/// Changes of metrics or parameters, as `dvc metrics diff` and `dvc params diff` print them.
struct FigureDiffView {
    private let diff: FigureDiff
    private let kind: FigureKind
    private let revisions: FigureRevisionArguments
    private let digits: Int?

    /// `digits` behind the point, in tables; nil prints numbers in full.
    init(
        _ diff: FigureDiff,
        _ kind: FigureKind,
        _ revisions: FigureRevisionArguments,
        digits: Int?
    ) {
        self.diff = diff
        self.kind = kind
        self.revisions = revisions
        self.digits = digits
    }

    func lines(_ format: FigureFormatOptions, from directory: AbsolutePath) -> [String] {
        if format.json { return [json(from: directory)] }
        let path = revisions.isWithoutPath ? [] : ["Path"]
        let headers =
            kind == .metrics
            ? path + ["Metric", revisions.old, revisions.new, "Change"]
            : path + ["Param", revisions.old, revisions.new]
        return FigureText.table(headers, rows(from: directory), format, digits: digits)
    }

    private func rows(from directory: AbsolutePath) -> [[FigureText.Cell]] {
        diff.files.flatMap { path, changes in
            changes.map { key, change in
                let values =
                    kind == .metrics
                    ? [change.old, change.new, change.difference] : [change.old, change.new]
                let path = revisions.isWithoutPath ? [] : [path.climbing(from: directory)]
                return (path + [key]).map { .label($0) } + values.map { .value($0) }
            }
        }
    }

    private func json(from directory: AbsolutePath) -> String {
        let files = diff.files.map { path, changes in
            let values = changes.map { ($0.key, Self.json($0.change)) }
            return (path.climbing(from: directory), JSONValue.object(values))
        }
        return JSONValue.object(files).serialized()
    }

    private static func json(_ change: FigureChange) -> JSONValue {
        let difference = change.difference.map { [("diff", JSONValue($0))] } ?? []
        return .object(
            [("old", JSONValue(change.old)), ("new", JSONValue(change.new))] + difference
        )
    }
}
