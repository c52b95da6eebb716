/// The name of a Git tag that registers a version of an artifact, or puts it into a stage: `models=net@v1.2.0`, `net#prod#3`.
///
/// The convention is that of GTO, by which DVC finds artifacts.
package struct ArtifactTag: Hashable, Sendable {
    /// With its folder: `net`, `models:net`.
    package let artifact: String
    /// As written, with its `v`.
    package let version: String?
    package let stage: String?

    /// Nil for tags that say something else.
    package init?(_ tag: String) {
        let pattern =
            #/^(?<artifact>(?:[a-zA-Z0-9\-_./]+=)?[a-zA-Z0-9](?:[a-zA-Z0-9\-/_]*[a-zA-Z0-9])?)(?:(?:#(?<stage>[a-zA-Z0-9](?:[a-zA-Z0-9\-/_]*[a-zA-Z0-9])?)|@(?<version>v[0-9][0-9a-zA-Z.+\-]*))!?|@(?:deprecated|created))(?:#[0-9]+)?$/#
        guard let match = tag.wholeMatch(of: pattern) else { return nil }
        artifact = String(match.output.artifact).replacing("=", with: ":")
        stage = match.output.stage.map(String.init)
        version = match.output.version.map(String.init)
        if let version, SemanticVersion(version) == nil { return nil }
    }
}

/// `v1.2.3`, `v1.0.0-rc.1`, ordered as Semantic Versioning says.
package struct SemanticVersion: Hashable, Comparable, Sendable {
    private enum Part: Hashable, Comparable {
        case number(Int)
        case word(String)
    }

    private let numbers: [Int]
    private let preview: [Part]

    /// Nil unless it is a complete version with a `v`.
    package init?(_ text: String) {
        guard text.hasPrefix("v") else { return nil }
        let core = text.dropFirst().prefix { $0 != "+" }
        let parts = core.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let digits = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        numbers = digits.compactMap { $0.first == "0" && $0.count > 1 ? nil : Int($0) }
        guard numbers.count == 3, digits.count == 3, numbers.allSatisfy({ $0 >= 0 }) else {
            return nil
        }
        let words =
            parts.count > 1 ? parts[1].split(separator: ".", omittingEmptySubsequences: false) : []
        guard words.allSatisfy({ !$0.isEmpty }) else { return nil }
        preview = words.map { word in Int(word).map(Part.number) ?? .word(String(word)) }
    }

    package static func < (left: SemanticVersion, right: SemanticVersion) -> Bool {
        if left.numbers != right.numbers {
            return left.numbers.lexicographicallyPrecedes(right.numbers)
        }
        // A preview comes before what it previews.
        if left.preview.isEmpty || right.preview.isEmpty {
            return !left.preview.isEmpty && right.preview.isEmpty
        }
        return left.preview.lexicographicallyPrecedes(right.preview)
    }
}
