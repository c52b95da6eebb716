import DVFormats
import DVSystem

/// What ignore rules say of one path.
package struct IgnoreFinding: Sendable {
    /// As it was asked for.
    package let target: String
    /// The pattern that decides; nil if none matches.
    package let match: IgnoreMatch?

    package var isIgnored: Bool { match.map { !$0.isNegated } ?? false }
}

/// Tells whether `.dvcignore` files leave out paths, which need not exist, and which pattern decides.
package struct CheckIgnoreOperation {
    private let project: Project

    package init(in project: Project) {
        self.project = project
    }

    /// Paths outside the project match nothing.
    package func check(_ target: String) throws -> IgnoreFinding {
        let path = project.path(of: target)
        guard let relative = path.relative(to: project.root), !relative.isEmpty else {
            return IgnoreFinding(target: target, match: nil)
        }
        let isDirectory = try FileStatus.followingIfPresent(path)?.isDirectory ?? false
        let rules = try project.ignoring.rules(for: relative.parent)
        return IgnoreFinding(
            target: target,
            match: rules.match(relative, isDirectory: isDirectory)
        )
    }
}
