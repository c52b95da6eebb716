import ArgumentParser
import DVProject
import DVTerminal

extension ConvertCacheOperation.Form: ExpressibleByArgument {}

/// `dvswift cache migrate`.
struct CacheMigrateCommand: ProjectCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Migrate cached files to the DVC 3.0 cache location, or to another form.",
        discussion: """
            Without --to: what DVC 2 stored directly in the cache folder, under digests that ignore the line ends of \
            Windows, is stored under files/md5 as well, under its true MD5; directory listings get the new digests. \
            Nothing of the old layout is removed: `dvswift gc` does that once nothing needs it. Objects that are not \
            what their names say, and directories of which files are not in the cache, are named and left, and the \
            exit code is 1: fetch what is missing and run it again.

            --dvc-files also writes the new digests into .dvc files and dvc.lock, with `hash: md5`. What they record \
            stays the same content: it is taken from the cache, else from the workspace if that has it unchanged. Use it \
            when everybody has DVC 3 or dvswift, then push.

            With --to every object is verified and stored in its new form before the old one goes. Objects that would \
            hardly shrink, and those that hard links of a workspace share, stay as they are. New objects follow \
            cache.compression: set it as well.

            It can be stopped at any moment; running it again goes on.
            """
    )

    @Flag(
        name: .customLong("dvc-files"),
        help: "Migrate entries in all existing .dvc and dvc.lock files to the DVC 3.0 format."
    )
    var hasFiles = false

    @Flag(help: "Only print what would be migrated.") var dry = false

    @Option(
        help: ArgumentHelp("Change the form of the objects: plain or encoded.", valueName: "form")
    )
    var to: ConvertCacheOperation.Form?

    @OptionGroup var parallel: JobsOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if to != nil, dry || hasFiles {
            throw ValidationError("--to cannot be used with --dry or --dvc-files")
        }
    }

    func run(in project: Project) throws {
        if let to {
            let report = try ConvertCacheOperation(to: to, jobs: parallel.jobs).run(in: project)
            try ConversionView(report).show(on: project.reporter)
            return
        }
        let operation = MigrateCacheOperation(jobs: parallel.jobs)
        guard !dry else {
            let files = hasFiles ? try MigratePointersOperation.pendingFiles(in: project) : nil
            let view = MigrationPlanView(objects: try operation.count(in: project), files: files)
            for line in view.lines { project.reporter.report(.answer(line)) }
            return
        }
        let migration = try operation.run(in: project)
        var files: PointerMigration?
        if hasFiles {
            files = try MigratePointersOperation(after: migration).run(in: project)
        }
        let view = MigrationView(migration, files)
        view.show(on: project.reporter)
        if !view.isComplete { throw ExitCode(ExitStatus.failure.rawValue) }
    }
}
