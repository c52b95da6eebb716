import DVFormats
import DVProject
import DVReporting

/// What stands in the way of plots, on standard error.
struct PlotProblemView {
    private let report: PlotsReport

    init(_ report: PlotsReport) { self.report = report }

    /// What pictures of users' own templates are without, and where all of it is to be had.
    static func show(_ omissions: [PlotOmissions], on reporter: any Reporter) {
        var told: Set<String> = []
        for found in omissions {
            let features = found.features.joined(separator: ", ")
            let drawing =
                found.isMarkOnly ? "drawn by its kind of mark only" : "drawn without parts"
            let line =
                "template '\(found.template)' is \(drawing): dvswift does not draw \(features)\n"
                + "  For a Vega-Lite editor, 'dvswift plots show --show-vega TARGET' prints all of it."
            if told.insert(line).inserted { reporter.report(.warning(line)) }
        }
    }

    func show(on reporter: any Reporter) {
        if !report.failedRevisions.isEmpty {
            let revisions = report.failedRevisions.joined(separator: ", ")
            reporter.report(
                .notice("DVC failed to load some plots for following revisions: '\(revisions)'.")
            )
        }
        for target in report.unknownTargets {
            reporter.report(.warning("'\(target)' is neither a plot nor a file"))
        }
        var told: Set<String> = []
        for found in report.entries.flatMap(\.sourceProblems) {
            let line = "In '\(found.revision)', \(found.problem.explanation)"
            if told.insert(line).inserted { reporter.report(.warning(line)) }
        }
        for found in report.problems + report.entries.flatMap(\.problems) {
            reporter.report(.warning("In '\(found.revision)', \(found.problem.explanation)"))
        }
    }
}

extension PlotProblem {
    /// What `--json` calls it: the name of DVC's error.
    var name: String {
        switch self {
        case .unknownFormat: "PlotMetricTypeError"
        case .missing: "FileNotFoundError"
        case .notUTF8: "EncodingError"
        case .unparsable(let file, _):
            switch file.split(separator: ".").last {
            case "json": "JSONFileCorruptedError"
            case "toml": "TOMLFileCorruptedError"
            case "py": "PythonFileCorruptedError"
            default: "YAMLFileCorruptedError"
            }
        case .noField: "FieldNotFoundError"
        case .notTabular, .mixedFields, .axesDiffer, .lengthsDiffer: "DvcException"
        case .failed(ProjectError.transferFailed): "FileNotFoundError"
        case .failed(let error): FigureProblem(error).type
        }
    }

    /// DVC's words, and where to look.
    var explanation: String {
        switch self {
        case .missing(let file, _): "[Errno 2] No such file or directory: '\(file)'"
        case .unparsable(_, let error): "\(text): \(error.text)"
        case .lengthsDiffer(_, let xCount, _, let yCount):
            "\(text) There are \(xCount) and \(yCount) points."
        default: text
        }
    }

    /// DVC's words.
    var text: String {
        switch self {
        case .unknownFormat(let file):
            "'\(file)' - file type error\nOnly JSON, YAML, CSV and TSV formats are supported."
        case .missing(_, let file): "[Errno 2] No such file or directory: '\(file)'"
        case .notUTF8(let file): "unable to read: '\(file)', is not valid utf8"
        case .unparsable(let file, _):
            "unable to read: '\(file)', \(Self.structure(file)) file structure is corrupted"
        case .notTabular(let file):
            "'\(file)' has no points: expected a list of mappings with the same fields"
        case .mixedFields(let file, let row):
            "'\(file)' has mixed fields: point \(row) has some that the first has not"
        case .noField(let field, _, let found):
            "Could not find provided field ('\(field)') in data fields ('\(found.joined(separator: ", "))')."
        case .axesDiffer(let xs, let ys):
            "Cannot have different number of x and y data sources. Found \(xs) x and \(ys) y data sources."
        case .lengthsDiffer(let x, _, let y, _):
            "Cannot join '\(x.field)' from '\(x.file)' and '\(y.field)' from '\(y.file)'. They have to have same length."
        case .failed(let error): ErrorAccount(error).text
        }
    }

    private static func structure(_ file: String) -> String {
        switch file.split(separator: ".").last {
        case "json": "JSON"
        case "toml": "TOML"
        case "py": "Python"
        default: "YAML"
        }
    }
}
