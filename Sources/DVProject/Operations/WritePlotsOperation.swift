import DVFormats
import DVSystem

/// A page template without a place for plots.
package struct PageTemplateProblem: Error, Sendable {
    package let file: String
}

/// A page or picture, and what it leaves out.
package struct WrittenPlots: Sendable {
    package let file: AbsolutePath
    package let omissions: [PlotOmissions]
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

    /// Nil if there was nothing to show.
    package func run(in project: Project) throws -> WrittenPlots? {
        guard report.hasPlots else { return nil }
        let out = place(in: project)
        let isPicture = out.name.hasSuffix(".svg")
        let file = isPicture ? out : out.appending("index.html")
        let parts = try parts()
        let text = try isPicture ? picture(parts) : page(parts, in: project)
        try file.parent.makeDirectories()
        try file.replaceContents(with: Array(text.utf8))
        return WrittenPlots(file: file, omissions: parts.compactMap(\.picture?.omissions))
    }

    private func place(in project: Project) -> AbsolutePath {
        project.path(of: out ?? project.settings.plots.outDirectory ?? "dvc_plots")
    }

    /// A plot with its drawing, or with its images.
    private typealias Part = (name: String, picture: PlotPicture?, images: [PlotImage])

    private func parts() throws -> [Part] {
        try report.entries.compactMap { entry in
            switch entry.picture {
            case .images(let images): (entry.name, nil, images)
            case .data(let plot):
                plot.points.isEmpty ? nil : (entry.name, try PlotPicture(of: plot), [])
            }
        }
    }

    private func picture(_ parts: [Part]) -> String {
        let images = PlotPicture.rows(of: parts.map { ($0.name, $0.images) })
        return PlotPicture.stacked(parts.compactMap(\.picture) + images).svg(isFile: true)
    }

    private func page(_ parts: [Part], in project: Project) throws -> String {
        var page = PlotPage()
        for part in parts {
            if let picture = part.picture { page.add(picture, named: part.name) }
            page.add(part.images, named: part.name)
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
