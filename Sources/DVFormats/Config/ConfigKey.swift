/// A section of a configuration file: `[core]`, or a named one such as `['remote "origin"']`.
package struct ConfigSection: Hashable, Sendable {
    /// "core", "cache", "remote", … in lower case.
    package let kind: String
    /// The name of a remote, database or machine.
    package let name: String?

    package static func plain(_ kind: String) -> ConfigSection {
        ConfigSection(kind: kind, name: nil)
    }

    package static func remote(_ name: String) -> ConfigSection {
        ConfigSection(kind: "remote", name: name)
    }

    package init(kind: String, name: String?) {
        self.kind = kind
        self.name = name
    }

    /// The kinds whose sections have names, in the order in which DVC writes them.
    package static let namedKinds = ["remote", "machine", "db"]

    /// Remotes, machines and databases before the others: the order in which DVC lists a file.
    package static func namedFirst(_ sections: [ConfigSection]) -> [ConfigSection] {
        namedKinds.flatMap { kind in sections.filter { $0.kind == kind } }
            + sections.filter { !namedKinds.contains($0.kind) }
    }

    /// From the text between the brackets, without quotes around it.
    init(header: String) {
        let text = header.lowercased()
        for kind in Self.namedKinds {
            let rest = text.trimmingSpace()
            guard rest.hasPrefix(kind) else { continue }
            let quoted = rest.dropFirst(kind.count).trimmingSpace()
            if quoted.count >= 2, quoted.hasPrefix("\""), quoted.hasSuffix("\"") {
                self.init(kind: kind, name: String(quoted.dropFirst().dropLast()))
                return
            }
        }
        self.init(kind: text, name: nil)
    }

    /// The text between the brackets, without quotes around it.
    var header: String { name.map { "\(kind) \"\($0)\"" } ?? kind }

    /// As a dotted key starts: "core", "remote.origin".
    package var text: String { name.map { "\(kind).\($0)" } ?? kind }
}

/// An option of a section.
package struct ConfigKey: Hashable, Sendable, CustomStringConvertible {
    package let section: ConfigSection
    package let option: String

    package init(_ section: ConfigSection, _ option: String) {
        self.section = section
        self.option = option.lowercased()
    }

    /// From the form that `dvc config` takes: `section.option`, `remote.NAME.option` or `db.NAME.option`.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        switch parts.count {
        case 2: self.init(.plain(parts[0].lowercased()), parts[1])
        case 3 where parts[0] == "remote" || parts[0] == "db":
            self.init(ConfigSection(kind: parts[0], name: parts[1].lowercased()), parts[2])
        default: return nil
        }
    }

    package var description: String { "\(section.text).\(option)" }
}

/// The value of an option: text, or the items of an unquoted list with commas.
package enum ConfigValue: Hashable, Sendable {
    case string(String)
    case list([String])

    /// The items of a list joined by commas.
    package var text: String {
        switch self {
        case .string(let text): text
        case .list(let items): items.joined(separator: ",")
        }
    }
}

extension StringProtocol {
    /// Without the white space at both ends.
    func trimmingSpace() -> String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
