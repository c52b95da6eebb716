import DVSystem

/// Turns links into the cache into copies that can be written to.
package struct UnprotectOperation {
    private let targets: [String]

    package init(targets: [String]) {
        self.targets = targets
    }

    /// Throws `UnprotectError` at the first target that is not there; those before it are done then.
    package func run(in project: Project) throws {
        for target in targets {
            let path = project.path(of: target)
            guard try path.exists() else { throw UnprotectError(target: target) }
            try WritableCopies(of: path).make()
        }
    }
}

/// A path to make writable that does not exist.
package struct UnprotectError: Error, Sendable {
    package let target: String
}
