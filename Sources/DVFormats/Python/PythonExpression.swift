/// What of an expression matters to a file of parameters.
struct PythonExpression {
    enum Target {
        case none
        case name(String)
        /// `base.name`; the base is nil unless it is a name.
        case attribute(base: String?, name: String)
        /// Can be assigned to, but names no parameter: `a[0]`, `(a, b)`.
        case other
    }

    /// What Python's `ast.literal_eval` gives; nil if it has no value without being run.
    var value: DataValue?
    var target = Target.none

    static let opaque = PythonExpression()

    var isAssignable: Bool { if case .none = target { false } else { true } }
}

/// A statement, as far as it says parameters.
enum PythonStatement {
    case assignment(PythonExpression.Target, DataValue?)
    case type(name: String, body: [PythonStatement])
    /// The body of `__init__`.
    case initializer([PythonStatement])
}

/// The parameters that DVC finds in a Python file: names that are assigned literals at the top, in classes, and by `self.name`
/// in `__init__`.
enum PythonParameters {
    /// Throws for a file that is not valid Python; tuples and sets become lists.
    static func parse(_ bytes: [UInt8], file: String) throws(FormatError) -> DataValue {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw FormatError(file: file, problem: "is not valid utf-8")
        }
        do throws(PythonSyntaxError) {
            var parser = PythonParser(try PythonTokenizer.tokens(of: text))
            return .mapping(collect(try parser.module(), isInitializer: false).pairs)
        } catch {
            throw FormatError(
                file: file,
                line: error.line,
                column: error.column,
                problem: "not valid Python: \(error.problem)"
            )
        }
    }

    private struct Names {
        private(set) var pairs: [(key: String, value: DataValue)] = []
        private var places: [String: Int] = [:]

        /// As Python's dictionaries: a new value in the old place.
        mutating func set(_ name: String, _ value: DataValue) {
            if let place = places[name] {
                pairs[place].value = value
            } else {
                places[name] = pairs.count
                pairs.append((name, value))
            }
        }
    }

    private static func collect(_ statements: [PythonStatement], isInitializer: Bool) -> Names {
        var names = Names()
        for statement in statements {
            switch statement {
            case .assignment(let target, let value):
                guard let value, let name = name(target, isInitializer) else { continue }
                names.set(name, value)
            case .type(let name, let body):
                names.set(name, .mapping(collect(body, isInitializer: false).pairs))
            case .initializer(let body):
                for pair in collect(body, isInitializer: true).pairs {
                    names.set(pair.key, pair.value)
                }
            }
        }
        return names
    }

    private static func name(
        _ target: PythonExpression.Target,
        _ isInitializer: Bool
    ) -> String? {
        switch target {
        case .name(let name): isInitializer ? nil : name
        case .attribute("self", let name): name
        default: nil
        }
    }
}
