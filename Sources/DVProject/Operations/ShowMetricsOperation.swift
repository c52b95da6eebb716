import DVFormats
import DVSystem

/// The metrics of the workspace, and of revisions where they are asked for.
package struct ShowMetricsOperation {
    private let targets: [String]
    private let scope: RevisionScope

    /// No `targets` mean all that stages and `dvc.yaml` files name; a folder stands for the files in it.
    package init(targets: [String], scope: RevisionScope) {
        self.targets = targets
        self.scope = scope
    }

    /// The workspace is left out if the branch that it is on is asked for and has the same.
    package func run(in project: Project) throws -> [FigureMoment] {
        let question = FigureQuestion.metrics(targets: targets.map(project.path(of:)))
        guard !scope.isEmpty else {
            let reader = FigureReader(question, in: project)
            return [try reader.moment("") { try ProjectMoment(of: project) }]
        }
        let revisions = try FigureRevisions(of: project)
        let moments = try revisions.moments(question, scope: scope)
        guard let branch = try revisions.currentBranch,
            let latest = moments.first(where: { $0.name == branch }), let workspace = moments.first,
            latest.isSame(as: workspace)
        else { return moments }
        return Array(moments.dropFirst())
    }
}
