import ArgumentParser
import DVProject
import DVTerminal

extension ConvertCacheOperation.Form: ExpressibleByArgument {}

/// `dvswift cache migrate`.
struct CacheMigrateCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Compress the objects of the cache, or make them plain as DVC keeps them.",
        discussion: """
            Each object is verified and stored in its new form before the old one goes, so it can be stopped at any moment; \
            running it again goes on. Objects that would hardly shrink, and those that hard links of a workspace share, \
            stay as they are. New objects follow cache.compression: set it as well.
            """
    )

    @Option(help: ArgumentHelp("Form of the objects: plain or encoded.", valueName: "form"))
    var to: ConvertCacheOperation.Form

    @OptionGroup var parallel: JobsOption
    @OptionGroup var global: GlobalOptions

    func run(in project: Project) throws {
        let report = try ConvertCacheOperation(to: to, jobs: parallel.jobs).run(in: project)
        let sizes = "\(Measures.bytes(report.before)) became \(Measures.bytes(report.after))"
        project.reporter.report(.answer("Migrated \(report.converted) objects: \(sizes)."))
        guard !report.damaged.isEmpty else { return }
        for object in report.damaged {
            project.reporter.report(.warning("object \(object.name) is damaged and stays as it is"))
        }
        project.reporter.report(.notice("hint: dvswift verify --repair"))
        throw ExitCode(ExitStatus.failure.rawValue)
    }
}
