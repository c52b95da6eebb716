import Glibc

/// The environment of this process, read once, with changes for children.
package struct ProcessEnvironment: Sendable {
    /// `NAME=value` each, as inherited.
    private let entries: [String]

    package init(_ entries: [String]) {
        self.entries = entries
    }

    /// What this process inherited.
    package static func current() -> ProcessEnvironment {
        var entries: [String] = []
        var next = environ
        while let entry = next.pointee {
            entries.append(String(cString: entry))
            next += 1
        }
        return ProcessEnvironment(entries)
    }

    package subscript(name: String) -> String? {
        entries.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
    }

    /// All variables by name.
    package var variables: [String: String] {
        var variables: [String: String] = [:]
        for entry in entries {
            let pair = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
        }
        return variables
    }

    /// The entries for a child, with `changes` in place of ours.
    package func entries(setting changes: [(name: String, value: String)]) -> [String] {
        entries.filter { entry in !changes.contains { entry.hasPrefix($0.name + "=") } }
            + changes.map { "\($0.name)=\($0.value)" }
    }
}
