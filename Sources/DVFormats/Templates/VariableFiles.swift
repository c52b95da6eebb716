/// Where the files that `vars` names are read.
package protocol VariableFiles {
    /// `path` and `folder` are as written; a folder is relative to that of the `dvc.yaml`.
    func variables(in path: String, from folder: String?) throws -> VariableFile
}

/// A file of variables.
package struct VariableFile: Sendable {
    package enum Content: Sendable {
        case missing
        case directory
        case values(DataValue)
    }

    /// As the user would name it; one name for one file.
    package let name: String
    package let content: Content

    package init(name: String, content: Content) {
        self.name = name
        self.content = content
    }

    var isMissing: Bool { if case .missing = content { true } else { false } }
}
