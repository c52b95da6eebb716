import DVFormats

/// Failures of the templates of a `dvc.yaml`.
extension ErrorAccount {
    init(_ error: TemplateError) {
        self.init(error.text, hint: error.problem.hint)
    }
}

extension TemplateError {
    /// DVC's words, with the place.
    var text: String {
        let place = [line.map { "line \($0)" }, column.map { "column \($0)" }]
            .compactMap(\.self)
            .joined(separator: ", ")
        let whole = place.isEmpty ? "'\(file)'" : "'\(file)' (\(place))"
        if case .notIterable(let type) = problem {
            return
                "failed to resolve \(subject.text) in \(whole): expected list/dictionary, got \(type)"
        }
        return "failed to parse \(subject.text) in \(whole): \(problem.text)"
    }
}

extension TemplateError.Subject {
    fileprivate var text: String {
        switch self {
        case .key(let key): "'\(key)'"
        case .stage(let name): "stage '\(name)'"
        }
    }
}

extension TemplateError.Problem {
    fileprivate var text: String {
        switch self {
        case .notFound(let name, let nearest):
            "Could not find '\(name)'" + (nearest.map { ": did you mean '\($0)'?" } ?? "")
        case .syntax(let reference, let position):
            "'\(reference)' is not well-formed at its character \(position + 1)"
        case .notInterpolable(let type): "Cannot interpolate data of type '\(type)'"
        case .referenceAsKey(let text): "'\(text)' alone cannot be a key"
        case .nestedList(let key): "Cannot interpolate nested iterable in '\(key)'"
        case .interpolatedVariables: "interpolating is not allowed"
        case .redefined(let path, let source, let existing):
            "cannot redefine '\(path)' from '\(source)' as it already exists in '\(existing)'"
        case .reserved(let names, let file):
            "attempted to modify reserved key\(names.count == 1 ? "" : "s") "
                + names.joined(separator: " and ") + (file.map { " in '\($0)'" } ?? "")
        case .tooManyStages(let limit): "more than \(limit) combinations"
        case .unusableName(let key):
            key.isEmpty
                ? "an empty text cannot name a generated stage"
                : "'\(key)' cannot name a generated stage: it has an '@'"
        default: fileText
        }
    }

    /// Of files that `vars` names.
    private var fileText: String {
        switch self {
        case .fileMissing(let file): "'\(file)' does not exist"
        case .fileIsDirectory(let file): "'\(file)' is a directory"
        case .fileNotMapping(let file, let type):
            "expected a dictionary, got '\(type)' in file '\(file)'"
        case .keyNotInFile(let key, let file): "could not find '\(key)' in '\(file)'"
        case .alreadyLoaded(let item): "cannot partially load '\(item)' as it's already loaded."
        case .partlyLoaded(let item): "cannot load '\(item)' as it's partially loaded already"
        default: ""
        }
    }

    fileprivate var hint: String? {
        switch self {
        case .notInterpolable(let type) where type == "dict":
            "only text of 'cmd' takes a mapping, as arguments: name one of its values"
        case .notInterpolable: "name one of its values, such as ${list[0]}"
        case .syntax: "write ${name}, ${name.key} or ${list[0]}; a literal ${ is written \\${"
        default: nil
        }
    }
}
