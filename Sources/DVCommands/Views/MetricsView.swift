import DVFormats
import DVPipeline
import DVProject
import DVReporting
import DVSystem

/// Metrics of several moments, as `dvc metrics show` prints them.
struct MetricsView {
    private let moments: [FigureMoment]
    private let isWithRevision: Bool
    private let digits: Int?

    /// `digits` behind the point, in tables; nil prints numbers in full.
    init(_ moments: [FigureMoment], isWithRevision: Bool, digits: Int?) {
        self.moments = moments
        self.isWithRevision = isWithRevision
        self.digits = digits
    }

    func lines(_ format: FigureFormatOptions, from directory: AbsolutePath) -> [String] {
        format.json ? [json(from: directory)] : table(directory, format)
    }

    private func table(_ directory: AbsolutePath, _ format: FigureFormatOptions) -> [String] {
        let files = moments.flatMap { moment in
            moment.files.map { file in
                (moment.name, file.path.climbing(from: directory), Self.metrics(of: file))
            }
        }
        let names = Set(files.flatMap(\.2.keys)).sorted(by: FigureComparison.isBefore)
        let rows = files.map { revision, path, metrics in
            (isWithRevision ? [revision, path] : [path]).map { FigureText.Cell.label($0) }
                + names.map { .value(metrics[$0]) }
        }
        let headers = (isWithRevision ? ["Revision", "Path"] : ["Path"]) + names
        return FigureText.table(headers, rows, format, digits: digits)
    }

    private static func metrics(of file: FigureFile) -> [String: DataValue] {
        guard let value = file.value else { return [:] }
        guard value.isMapping else { return ["": value] }
        return Dictionary(value.flattened.map { ($0.key, $0.value) }) { $1 }
    }

    // MARK: JSON

    private func json(from directory: AbsolutePath) -> String {
        let pairs = moments.map { (key: $0.name, value: Self.json($0, from: directory)) }
        return JSONValue.object(pairs).serialized()
    }

    private static func json(_ moment: FigureMoment, from directory: AbsolutePath) -> JSONValue {
        switch moment.content {
        case .failure(let error): FigureProblem(error).json
        case .success(let files):
            [
                "data": .object(
                    files.map { ($0.path.climbing(from: directory), json($0)) }
                )
            ]
        }
    }

    private static func json(_ file: FigureFile) -> JSONValue {
        switch file.content {
        case .success(let value): ["data": JSONValue(value)]
        case .failure(let failure): FigureProblem(failure).json
        }
    }
}
