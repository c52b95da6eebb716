/// A value of a file that a stage refers to; DVC counts it among the project's parameters.
package struct UsedVariable: Hashable, Sendable {
    /// As the user would name it.
    package let file: String
    /// Dotted.
    package let key: String
    package let value: DataValue
}

/// Collects what the references of one stage use.
///
/// Confined to one thread.
final class VariableUses {
    private(set) var found: [UsedVariable] = []

    /// Mappings are passed by, and what no file holds: DVC does so.
    func add(_ variable: TemplateVariable) {
        guard case .file(let file, let key) = variable.source else { return }
        if case .mapping = variable.content { return }
        if found.contains(where: { $0.key == key && $0.file == file }) { return }
        found.append(UsedVariable(file: file, key: key, value: variable.value))
    }
}
