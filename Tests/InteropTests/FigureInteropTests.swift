import DVFormats
import DVSystem
import DVTestSupport
import Testing

/// Metrics and parameters of projects of many kinds: the same answers and exit codes as DVC.
@Suite struct FigureInteropTests {
    /// `FOLDER|ARGUMENTS`, from `Tests/Fixtures/figures`.
    private static let cases = (try? readCases()) ?? []

    @Test func `the cases are there`() throws {
        #expect(try Self.readCases().count > 100)
    }

    @Test(arguments: cases)
    func `answers as DVC does`(example: String) throws {
        let reference = try #require(try Self.answers.get().byCase[example])
        let result = try Self.answers.get().project.attempt(
            .dvswift,
            Self.arguments(of: example),
            in: Self.folder(of: example)
        )
        #expect(reference.status == Int(result.status), "\(result)")
        let isDiff = example.contains(" diff")
        if example.contains("--json") {
            let ours = Self.withoutPlaces(result.output)
            let theirs = Self.withoutPlaces(reference.output)
            // DVC compares sets, which have no order.
            if isDiff, !theirs.isEmpty {
                #expect(try Self.parsed(ours) == Self.parsed(theirs), "\(ours)\(theirs)")
            } else {
                #expect(ours == theirs)
            }
        } else {
            #expect(Self.lines(result.output, isDiff) == Self.lines(reference.output, isDiff))
        }
    }

    /// What is no number is not equal to itself.
    private static func parsed(_ text: String) throws -> DataValue {
        try DataValue.json(text.replacing(": NaN", with: ": \"NaN\""))
    }

    private static func lines(_ text: String, _ isDiff: Bool) -> [Substring] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return isDiff ? lines.sorted() : lines
    }

    /// DVC names a file of the project from the root of the file system, and does not tell the place in it.
    private static func withoutPlaces(_ text: String) -> String {
        text.replacing(/unable to read: '[^']*\/?(?<name>[^'\/]+)', (?<problem>[^("]*\w)[^"]*"/) {
            "unable to read: \($0.name): \($0.problem)\""
        }
    }

    // MARK: DVC

    private struct Answers {
        let project: TemporaryProject
        var byCase: [String: (status: Int, output: String)] = [:]
    }

    private static let fixtures = AbsolutePath(#filePath, relativeTo: .root)
        .parent.parent.appending("Fixtures/figures")

    private static func readCases() throws -> [String] {
        String(decoding: try fixtures.appending("cases.txt").readBytes(), as: UTF8.self)
            .split(separator: "\n").map(String.init)
    }

    private static func folder(of example: String) -> String {
        String(example.prefix { $0 != "|" })
    }

    private static func arguments(of example: String) -> [String] {
        example.drop { $0 != "|" }.dropFirst().split(separator: " ").map(String.init)
    }

    /// One process answers for all: starting DVC takes longer than all it has to do.
    private static let answers = Result { () throws -> Answers in
        let project = try TemporaryProject(madeBy: nil, git: false)
        let setup = fixtures.appending("setup.sh").string
        try project.attempt(["sh", setup, try Tool.dvswift.program]).checkingSuccess()
        let python = AbsolutePath(try Tool.dvc.program, relativeTo: project.root)
            .parent.appending("python")
        let command = [
            python.string, fixtures.appending("answer.py").string,
            fixtures.appending("cases.txt").string,
        ]
        let output = try project.attempt(command).checkingSuccess().output
        var answers = Answers(project: project)
        for (example, line) in zip(try readCases(), output.split(separator: "\n")) {
            let answer = try DataValue.json(String(line))
            guard case .integer(let status)? = answer.value(atDottedKey: "status"),
                let text = answer.value(atDottedKey: "output")?.text
            else { continue }
            answers.byCase[example] = (status, text)
        }
        return answers
    }
}
