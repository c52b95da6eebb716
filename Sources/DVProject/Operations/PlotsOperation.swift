import DVFormats
import DVGit
import DVSystem

/// Collects plots with their data from the workspace and from revisions; nothing is checked out.
package struct PlotsOperation {
    package enum Scope: Sendable {
        case workspace
        /// Revisions, "workspace" among them; none means the last commit and the workspace, one that and the workspace,
        /// or an experiment and the commit it started from if `isWithBaseline`.
        case comparison([String], isWithBaseline: Bool)
    }

    private let targets: [String]
    private let properties: PlotProperties
    private let scope: Scope

    /// `properties` count more than those of definitions.
    package init(targets: [String], _ properties: PlotProperties, scope: Scope) {
        self.targets = targets
        self.properties = properties
        self.scope = scope
    }

    package func run(in project: Project) throws -> PlotsReport {
        var report = PlotsReport()
        var moments: [RevisionPlots] = []
        // Names of plots are no paths; only what cannot be one is brought to the form that names have.
        let targets = targets.map { $0.hasPrefix("/") ? project.display(project.path(of: $0)) : $0 }
        for revision in try revisions(of: project) {
            let plots = try RevisionPlots(revision, of: project, targets: targets, properties)
            if plots.isEmpty { continue }
            if let problem = plots.problem {
                report.problems.append(.init(revision: revision, problem: problem))
            }
            if plots.problem != nil || !plots.problems.isEmpty {
                report.failedRevisions.append(revision)
            }
            moments.append(plots)
        }
        let grouping = PlotGrouping(moments)
        report.entries = PlotsReport.joiningImages(
            try grouping.groups.map { try grouping.entry(of: $0, in: project) }
        )
        let isNothingFound = report.entries.isEmpty && report.problems.isEmpty
        report.unknownTargets = isNothingFound ? targets : []
        return report
    }

    private func revisions(of project: Project) throws -> [String] {
        guard case .comparison(var revisions, let isWithBaseline) = scope else {
            return [RevisionPlots.workspaceName]
        }
        let history = try ProjectHistory(of: project)
        let git = history.git
        guard !git.hasNoCommits else { return [] }
        if isWithBaseline, revisions.count == 1,
            let baseline = try history.baseline(of: history.commit(named: revisions[0]))
        {
            revisions.append(String(baseline.prefix(7)))
        }
        if revisions.count < 2 {
            if try revisions.isEmpty && git.status(listingUntracked: false).isDirty {
                revisions.append("HEAD")
            }
            revisions.append(RevisionPlots.workspaceName)
        }
        let workspace = RevisionPlots.workspaceName
        var ordered = revisions.contains(workspace) ? [workspace] : []
        for revision in revisions where !ordered.contains(revision) { ordered.append(revision) }
        return ordered
    }
}

/// The same plot at several revisions.
private struct PlotGroup {
    let name: String
    var parts: [PlotAssembly.Part] = []

    /// What the first revision says counts most.
    var properties: PlotProperties {
        parts.reversed().reduce(PlotProperties()) { $0.overridden(by: $1.properties) }
    }
}

private struct PlotGrouping {
    private let moments: [RevisionPlots]
    private(set) var groups: [PlotGroup] = []

    init(_ moments: [RevisionPlots]) {
        self.moments = moments
        for moment in moments {
            for plot in moment.definitions.named {
                let index = groups.firstIndex { $0.name == plot.name } ?? groups.count
                if index == groups.count { groups.append(PlotGroup(name: plot.name)) }
                groups[index].parts.append(
                    PlotAssembly.Part(
                        revision: moment.revision,
                        inner: plot.inner,
                        properties: plot.properties
                    )
                )
            }
        }
    }

    func entry(of group: PlotGroup, in project: Project) throws -> PlotsReport.Entry {
        let problems = sourceProblems(of: group)
        if let inner = group.parts.last?.inner, PlotImage.isImage(inner) {
            return PlotsReport.Entry(
                name: inner,
                picture: .images(images(of: group)),
                sourceProblems: problems,
                problems: []
            )
        }
        let template = Result { try project.plotTemplate(group.properties.template) }
        let standard = PlotTemplate(name: PlotTemplate.standardName, content: .mapping([]))
        let assembly = PlotAssembly(
            name: group.name,
            template: (try? template.get()) ?? standard,
            group.parts,
            group.properties
        ) { revision, file in
            guard case .data(let value)? = content(of: file, at: revision) else { return nil }
            return value
        }
        // Only a plot with points needs its template.
        if !assembly.plot.points.isEmpty { _ = try template.get() }
        return PlotsReport.Entry(
            name: group.name,
            picture: .data(assembly.plot),
            sourceProblems: problems,
            problems: assembly.problems.map { .init(revision: $0.revision, problem: $0.problem) }
        )
    }

    private func content(of file: String, at revision: String) -> PlotContent? {
        moments.first { $0.revision == revision }?.content(of: file)
    }

    private func images(of group: PlotGroup) -> [PlotImage] {
        group.parts.flatMap { part in
            part.properties.sources(of: part.inner).compactMap { file in
                guard case .image(let bytes)? = content(of: file, at: part.revision) else {
                    return nil
                }
                return PlotImage(revision: part.revision, file: file, bytes: bytes)
            }
        }
    }

    private func sourceProblems(of group: PlotGroup) -> [PlotsReport.SourceProblem] {
        group.parts.flatMap { part in
            let moment = moments.first { $0.revision == part.revision }
            return part.properties.sources(of: part.inner).compactMap { file in
                moment?.problems[file].map {
                    PlotsReport.SourceProblem(revision: part.revision, file: file, problem: $0)
                }
            }
        }
    }
}
