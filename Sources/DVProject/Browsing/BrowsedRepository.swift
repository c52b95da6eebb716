import DVSystem

/// A repository opened to be looked at: a directory of this machine as it is, any other one at a revision.
package struct BrowsedRepository {
    package enum Scope: Sendable {
        case everything
        case trackedOnly
    }

    private enum Source {
        case workspace(BrowsedWorkspace)
        case elsewhere(OriginRepository)
    }

    private let source: Source

    /// The address of `request` is a path from the working directory, or what Git can clone; nothing is checked out.
    package init(_ request: OriginRequest, in context: OriginContext) throws {
        if let workspace = try BrowsedWorkspace(request, in: context) {
            source = .workspace(workspace)
        } else {
            source = .elsewhere(try OriginRepository(request.repository, in: context))
        }
    }

    /// What a user calls `text`; the project that is there decides what is tracked.
    func place(of text: String?, _ scope: Scope) throws -> BrowsedPlace {
        switch source {
        case .workspace(let workspace): try workspace.place(of: text, scope)
        case .elsewhere(let repository): try repository.place(of: text, scope)
        }
    }
}

/// A path of a repository that is looked at.
struct BrowsedPlace {
    /// Files and tracked data of the project that the path is in.
    let browser: ProjectBrowser
    /// The way from the root of that project.
    let path: RelativePath
    /// How names start in a list of the whole project: DVC shows them from the working directory.
    var prefix = ""
}
