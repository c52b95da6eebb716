/// A file whose text cannot be used: where, and what is wrong with it.
package struct FormatError: Error, Hashable, Sendable {
    /// The file as a user would name it.
    package var file: String
    /// From 1; nil where the problem is not at one place.
    package var line: Int?
    /// From 1.
    package var column: Int?
    /// The dotted key concerned: "stages.train.deps".
    package var key: String?
    /// What is wrong and what was expected, without a final stop.
    package var problem: String
    /// What else is wrong with the same file, by place.
    package var others: [FormatError] = []

    package init(
        file: String,
        line: Int? = nil,
        column: Int? = nil,
        key: String? = nil,
        problem: String
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.key = key
        self.problem = problem
    }

    /// Whether the text is not even YAML.
    package var isSyntax: Bool { problem.hasPrefix(Self.notYAML) }

    static let notYAML = "not valid YAML: "
}
