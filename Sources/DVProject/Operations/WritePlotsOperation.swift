import DVFormats
import DVSystem

/// A page template without a place for plots.
package struct PageTemplateProblem: Error, Sendable {
    package let file: String
}

/// Writes plots to files: a page, a picture, or the images alone.
package struct WritePlotsOperation {
    private let report: PlotsReport
    private let out: String?
    private let pageTemplate: String?

    /// `out` is a folder, or a file whose name ends with ".svg"; nil for what the settings say.
    package init(_ report: PlotsReport, to out: String?, pageTemplate: String? = nil) {
        self.report = report
        self.out = out
        self.pageTemplate = pageTemplate
    }

    /// The file that was written; nil if there was nothing to show.
    package func run(in project: Project) throws -> AbsolutePath? {
        guard report.hasPlots else { return nil }
        let out = place(in: project)
        let isPicture = out.name.hasSuffix(".svg")
        let file = isPicture ? out : out.appending("index.html")
        guard let text = try isPicture ? picture() : page(in: project) else { return nil }
        try file.parent.makeDirectories()
        try file.replaceContents(with: Array(text.utf8))
        return file
    }

    private func place(in project: Project) -> AbsolutePath {
        project.path(of: out ?? project.settings.plots.outDirectory ?? "dvc_plots")
    }

    /// Nil without data: the sizes of images are not known.
    private func picture() -> String? {
        let pictures = report.entries.compactMap { entry -> PlotPicture? in
            guard case .data(let plot) = entry.picture, !plot.points.isEmpty else { return nil }
            return PlotPicture(of: plot)
        }
        return pictures.isEmpty ? nil : PlotPicture.stacked(pictures).svg(isFile: true)
    }

    private func page(in project: Project) throws -> String {
        var page = PlotPage()
        for entry in report.entries {
            switch entry.picture {
            case .data(let plot): if !plot.points.isEmpty { page.add(plot) }
            case .images(let images): page.add(images, named: entry.name)
            }
        }
        let template = try templateFile(in: project)
        let text = try template.map { String(decoding: try $0.readBytes(), as: UTF8.self) }
        guard let html = page.html(in: text) else {
            throw PageTemplateProblem(file: template.map(project.display) ?? "")
        }
        return html
    }

    private func templateFile(in project: Project) throws -> AbsolutePath? {
        if let pageTemplate { return project.path(of: pageTemplate) }
        return project.settings.plots.pageTemplate.map {
            AbsolutePath($0, relativeTo: project.dvcDirectory)
        }
    }

    /// Writes each image to a file of its own in the folder; gives their paths in order.
    package func writeImages(in project: Project) throws -> [AbsolutePath] {
        let folder = place(in: project)
        var paths: [AbsolutePath] = []
        for entry in report.entries {
            guard case .images(let images) = entry.picture else { continue }
            for image in images {
                let name = "\(image.revision)_\(image.file)".map { $0 == "/" ? "_" : $0 }
                let path = folder.appending(String(name))
                try folder.makeDirectories()
                try path.replaceContents(with: image.bytes)
                paths.append(path)
            }
        }
        return paths
    }
}

extension Project {
    /// Whether pages are opened in the browser without being asked to.
    package var opensPlots: Bool { settings.plots.opensPages }

    /// Opens a file in the user's browser; whether that worked.
    package func openInBrowser(_ file: AbsolutePath) throws -> Bool {
        let browser = environment["BROWSER"].flatMap { $0.isEmpty ? nil : $0 } ?? "xdg-open"
        let program = browser.split(separator: ":").first.map(String.init) ?? browser
        let request = ChildRequest(
            [program, file.string],
            environment: environment.entries(setting: []),
            in: workingDirectory
        )
        do {
            return try ChildProcess.run(request) == .exited(0)
        } catch is SystemError {
            return false
        }
    }
}
