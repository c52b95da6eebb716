import ArgumentParser
import DVProject

/// `dvswift artifacts`: models and data sets that dvc.yaml files name.
struct ArtifactsCommand: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "artifacts",
        abstract: "Get artifacts of other projects by version or stage.",
        subcommands: [ArtifactsGetCommand.self]
    )
}

/// `dvswift artifacts get`.
struct ArtifactsGetCommand: TopLevelCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Download an artifact of a project, at a version or stage.",
        discussion: """
            An artifact is what `artifacts:` in a dvc.yaml names. Annotated tags of Git, as GTO makes them, say what its \
            versions are (net@v1.2.0) and which of them is in a stage (net#prod#1). Without --rev and --stage, the \
            greatest version is taken. In a folder it is models:net, or models/dvc.yaml:net; its tags then \
            start with models=net.

            All else is as in `dvswift get`. DVC Studio is not asked.

            EXAMPLES
              dvswift artifacts get ../registry net
              dvswift artifacts get https://example.com/team/models.git net --rev v1.2.0 -o net.pkl
              dvswift artifacts get ../registry models:net --stage prod
            """
    )

    var failure: FailureReport {
        target.failure(toGet: name, from: url)
    }

    @Argument(
        help: "The repository: a folder, or an address that Git can clone.",
        completion: .directory
    )
    var url: String

    @Argument(help: "Name of the artifact.") var name: String

    @Option(
        help: ArgumentHelp("Version of the artifact, for example v1.2.0.", valueName: "version")
    )
    var rev: String?

    @Option(help: ArgumentHelp("Stage of the artifact, for example prod.", valueName: "stage"))
    var stage: String?

    @OptionGroup var target: GetTargetOptions

    @Flag(name: .shortAndLong, help: "Overwrite files that are there.") var force = false

    @OptionGroup var settings: RepositorySettingOptions

    @OptionGroup var parallel: JobsOption

    @OptionGroup var global: GlobalOptions

    func run(in session: Session) throws {
        if rev != nil && stage != nil {
            throw InvalidUse(
                "Artifact version and stage are mutually exclusive.",
                status: target.isShowingURL ? .other : .failure
            )
        }
        var request = OriginRequest(url: url)
        settings.apply(to: &request)
        let operation = GetArtifactOperation(
            request,
            name: name,
            choice,
            out: target.out,
            isForced: force
        )
        let context = session.originContext(jobs: parallel.jobs)
        guard !target.isShowingURL else {
            return session.reporter.report(.answer(try operation.location(in: context)))
        }
        let report = try operation.run(in: context)
        session.reporter.report(
            .answer("Downloaded \(report.fileCount) file(s) to '\(report.path)'")
        )
    }

    private var choice: ArtifactChoice {
        rev.map { .version($0) } ?? stage.map { .stage($0) } ?? .newest
    }
}
