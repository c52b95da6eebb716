import DVFormats
import DVObjects
import DVPipeline
import DVSystem

/// What one revision says of plots, and the data for them.
struct RevisionPlots {
    let revision: String
    private(set) var definitions = PlotDefinitions()
    /// Why there are none.
    private(set) var problem: PlotProblem?
    private var contents: [String: PlotContent] = [:]
    private(set) var problems: [String: PlotProblem] = [:]

    var isEmpty: Bool { definitions.groups.isEmpty && problem == nil }

    func content(of file: String) -> PlotContent? { contents[file] }

    /// The name that stands for the workspace.
    static let workspaceName = "workspace"

    /// Throws for a revision that is not there; all other failures are remembered.
    init(
        _ revision: String,
        of project: Project,
        targets: [String],
        _ properties: PlotProperties
    ) throws {
        self.revision = revision
        let name = revision == Self.workspaceName ? nil : revision
        do {
            let moment = try PlotMoment(of: project, at: name)
            definitions = try PlotDefinitions(
                at: moment,
                of: project,
                targets: targets,
                properties
            )
            try read(definitions.sources, at: moment, project, properties)
        } catch let error where Self.isFatal(error) {
            throw error
        } catch {
            problem = .failed(error)
        }
    }

    private static func isFatal(_ error: any Error) -> Bool {
        switch error {
        case ProjectError.unknownRevision, ProjectError.ambiguousRevision, ProjectError.noHistory,
            is Interrupted:
            true
        default: false
        }
    }

    private mutating func read(
        _ files: [String],
        at moment: PlotMoment,
        _ project: Project,
        _ properties: PlotProperties
    ) throws {
        let headers = Self.headers(at: moment)
        for file in files {
            try Interruption.check()
            let hasHeader =
                properties.hasHeader ?? headers[project.path(of: file)] ?? true
            do {
                guard let bytes = try moment.content(of: file) else {
                    throw Self.missing(file, in: project)
                }
                contents[file] = try PlotContent(parsing: bytes, file: file, hasHeader: hasHeader)
            } catch let error as PlotProblem {
                problems[file] = error
            } catch ObjectError.missing {
                problems[file] = Self.missing(file, in: project)
            } catch let error where !(error is Interrupted) {
                problems[file] = .failed(error)
            }
        }
    }

    private static func missing(_ file: String, in project: Project) -> PlotProblem {
        let path = project.path(of: file)
        return .missing(file: file, fromRoot: path.climbing(from: project.root))
    }

    /// What outputs of stages say about the first line of their files.
    private static func headers(at moment: PlotMoment) -> [AbsolutePath: Bool] {
        var headers: [AbsolutePath: Bool] = [:]
        for output in moment.collection.stages.flatMap(\.outputs) {
            guard case .plot(let written) = output.kind else { continue }
            if let flag = PlotProperties(written).hasHeader { headers[output.path] = flag }
        }
        return headers
    }
}
