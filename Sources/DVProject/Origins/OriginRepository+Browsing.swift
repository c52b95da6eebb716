import DVFormats
import DVObjects
import DVSystem

/// Looking at a repository without bringing anything of it here but listings.
extension OriginRepository {
    /// `text` counts from the root of the repository, as in DVC also if it starts with a slash or climbs out.
    func place(of text: String?, _ scope: BrowsedRepository.Scope) throws -> BrowsedPlace {
        let inside = AbsolutePath(text ?? "", relativeTo: .root).relative(to: .root) ?? .empty
        let path = base.appending(inside)
        let root = try projectRoot(around: path)
        let files = RevisionFiles(of: tree, below: root)
        let browser = ProjectBrowser(
            files: RevisionBrowser(files, in: git, at: place(root)),
            tracked: try trackedFiles(of: try project(at: root)),
            scope: scope
        )
        return BrowsedPlace(browser: browser, path: path.relative(to: root) ?? .empty)
    }

    private func trackedFiles(of project: OriginProject?) throws -> TrackedFiles {
        guard let project else {
            return TrackedFiles(TrackedState(), reporter: context.reporter) { _, _ in nil }
        }
        let reader = OriginReader(self, into: context.listingStore, isReadingInPlace: true)
        return TrackedFiles(
            try TrackedState(recordedIn: project.collection, below: project.root),
            reporter: context.reporter
        ) { path, content in
            let place = project.root.appending(path)
            let output = try project.outputs(around: place).first { $0.path == place }
            return try output.flatMap { try reader.listingIfPresent(content.record, of: $0) }
        }
    }
}

extension OriginReader {
    /// Nil if neither the cache nor the remote of its project has it.
    fileprivate func listingIfPresent(
        _ record: ContentRecord,
        of output: OriginOutput
    ) throws -> DirectoryListing? {
        do {
            return try listing(record, of: output)
        } catch ProjectError.transferFailed(_, let problems)
            where problems.allSatisfy(\.isAbsence)
        {
            return nil
        }
    }
}

extension TransferProblem {
    /// Whether nobody has the object, as opposed to one that could not be read.
    fileprivate var isAbsence: Bool {
        switch error {
        case ObjectError.missing?, OriginError.noStorage?, nil: true
        default: false
        }
    }
}
