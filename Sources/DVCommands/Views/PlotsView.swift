import DVFormats
import DVPipeline
import DVProject
import DVReporting
import DVSystem

/// Plots as `dvc plots show --json` and `--show-vega` print them.
struct PlotsView {
    private let report: PlotsReport
    private let imagePaths: [AbsolutePath]
    private let isSplit: Bool

    /// `imagePaths` are those of all images, in the order of the report.
    init(_ report: PlotsReport, imagePaths: [AbsolutePath] = [], isSplit: Bool = false) {
        self.report = report
        self.imagePaths = imagePaths
        self.isSplit = isSplit
    }

    /// The specification of the first plot of data; nil if there is none.
    var specification: String? {
        get throws {
            for entry in report.entries {
                guard case .data(let plot) = entry.picture else { continue }
                let content = try plot.specification()?.content ?? .mapping([])
                return JSONValue(content).serialized()
            }
            return nil
        }
    }

    var json: String {
        get throws {
            var pairs: [(key: String, value: JSONValue)] = []
            let errors = errors
            if !errors.isEmpty { pairs.append(("errors", .array(errors))) }
            let plots = try plots
            if !plots.isEmpty { pairs.append(("data", .object(plots))) }
            return JSONValue.object(pairs).serialized()
        }
    }

    private var plots: [(key: String, value: JSONValue)] {
        get throws {
            var paths = imagePaths[...]
            return try report.entries.map { entry in
                switch entry.picture {
                case .data(let plot): return (entry.name, .array(try description(of: plot)))
                case .images(let images):
                    let described = zip(images, paths).map { image, path in
                        JSONValue.object([
                            ("type", "image"), ("revisions", [.string(image.revision)]),
                            ("url", .string(path.string)),
                        ])
                    }
                    paths = paths.dropFirst(images.count)
                    return (entry.name, .array(described))
                }
            }
        }
    }

    private func description(of plot: DataPlot) throws -> [JSONValue] {
        guard let found = try plot.specification(isSplit: isSplit) else { return [] }
        var pairs: [(key: String, value: JSONValue)] = [
            ("type", "vega"), ("revisions", .array(plot.revisions.map { .string($0) })),
            ("content", JSONValue(found.content)),
        ]
        if isSplit {
            let definitions = found.definitions.map { ($0.key, JSONValue($0.value)) }
            pairs.append(("anchor_definitions", .object(definitions)))
        }
        return [.object(pairs)]
    }

    // MARK: Problems

    private var errors: [JSONValue] {
        report.entries.flatMap { entry in
            entry.sourceProblems.map { found in
                let place: [(key: String, value: JSONValue)] = [
                    ("name", .string(entry.name)), ("rev", .string(found.revision)),
                    ("source", .string(found.file)),
                ]
                return JSONValue.object(place + description(of: found.problem))
            }
                + entry.problems.map { found in
                    let place: [(key: String, value: JSONValue)] = [
                        ("name", .string(entry.name)), ("rev", .string(found.revision)),
                    ]
                    return JSONValue.object(place + description(of: found.problem))
                }
        }
            + report.problems.map { found in
                .object([("rev", .string(found.revision))] + description(of: found.problem))
            }
    }

    private func description(of problem: PlotProblem) -> [(key: String, value: JSONValue)] {
        [("type", .string(problem.name)), ("msg", .string(problem.text))]
    }

    // MARK: Addresses

    /// The path with all but letters, digits and a few signs as `%` and their codes.
    static func address(of file: AbsolutePath) -> String {
        var text = ""
        for byte in file.bytes {
            let scalar = Unicode.Scalar(byte)
            let isPlain =
                scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            if isPlain || "-._~/".unicodeScalars.contains(scalar) {
                text.unicodeScalars.append(scalar)
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                text += "%" + (hex.count < 2 ? "0" : "") + hex
            }
        }
        return text
    }
}
