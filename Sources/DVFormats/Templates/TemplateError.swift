/// A template that has no value: which part of which file, and why.
package struct TemplateError: Error, Hashable, Sendable {
    /// What was being read.
    package enum Subject: Hashable, Sendable {
        /// A dotted key: `stages.train.cmd`, `metrics.0`, `vars`.
        case key(String)
        case stage(String)
    }

    package enum Problem: Hashable, Sendable {
        /// No variable of that name; with the known one that is nearest.
        case notFound(String, nearest: String?)
        /// `${…}` is not well-formed at a character, counted from its `$`.
        case syntax(reference: String, position: Int)
        /// A list or mapping where only a scalar can stand.
        case notInterpolable(type: String)
        /// A list inside a list, among arguments made of a mapping.
        case nestedList(key: String)
        /// `vars` must not refer to variables.
        case interpolatedVariables
        /// One name in two places.
        case redefined(String, source: String, existing: String)
        /// `item` and `key` while stages are generated.
        case reserved([String], file: String?)
        case fileMissing(String)
        case fileIsDirectory(String)
        case fileNotMapping(String, type: String)
        case keyNotInFile(String, file: String)
        /// `file:key` after the whole file.
        case alreadyLoaded(String)
        /// A file or key of it after some of its keys.
        case partlyLoaded(String)
        /// A reference and nothing else as a key of `foreach` or `matrix`.
        case referenceAsKey(String)
        /// `foreach` or `matrix` over something that is neither list nor mapping.
        case notIterable(type: String)
        /// The product of a `matrix` is beyond all use.
        case tooManyStages(limit: Int)
        /// An empty text, or one with `@`, cannot end the name of a stage.
        case unusableName(String)
    }

    /// As the user would name it.
    package var file: String
    package var line: Int?
    package var column: Int?
    package var subject: Subject
    package var problem: Problem
}

/// A problem whose place is still to be told.
struct TemplateProblem: Error {
    let problem: TemplateError.Problem

    init(_ problem: TemplateError.Problem) { self.problem = problem }

    func located(
        at node: YAMLNode?,
        in file: String,
        _ subject: TemplateError.Subject
    ) -> TemplateError {
        TemplateError(
            file: file,
            line: node?.line,
            column: node?.column,
            subject: subject,
            problem: problem
        )
    }
}
