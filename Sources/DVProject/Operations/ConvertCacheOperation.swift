import DVObjects
import DVReporting

/// Stores the objects of the cache in another form.
package struct ConvertCacheOperation {
    package enum Form: String, CaseIterable, Sendable {
        /// As DVC keeps them.
        case plain
        /// Compressed.
        case encoded
    }

    private let form: Form
    private let jobs: Int?

    package init(to form: Form, jobs: Int?) {
        self.form = form
        self.jobs = jobs
    }

    /// Throws `ProjectError.linksNeedPlainObjects` if files of the workspace are links to plain objects.
    package func run(in project: Project) throws -> ConversionReport {
        let links = project.settings.store.linkTypes.filter { $0 == .hardlink || $0 == .symlink }
        if form == .encoded, let link = links.first {
            throw ProjectError.linksNeedPlainObjects(link)
        }
        var settings = project.settings.store
        if settings.compression == .none { settings.compression = .auto }
        let store = ObjectStore(at: project.cache.root, settings: settings)
        return try project.withProgress("Converting") { _ in
            try store.convert(
                toPlain: form == .plain,
                jobs: jobs ?? project.settings.jobs
            )
        }
    }
}
