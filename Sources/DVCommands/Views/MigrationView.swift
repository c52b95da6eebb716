import ArgumentParser
import DVObjects
import DVProject
import DVReporting
import DVTerminal

/// What a conversion of the cache to another form did.
struct ConversionView {
    private let report: ConversionReport

    init(_ report: ConversionReport) {
        self.report = report
    }

    /// Throws the exit code if something is damaged.
    func show(on reporter: any Reporter) throws {
        let sizes = "\(Measures.bytes(report.before)) became \(Measures.bytes(report.after))"
        reporter.report(.answer("Migrated \(report.converted) objects: \(sizes)."))
        guard !report.damaged.isEmpty else { return }
        for object in report.damaged {
            reporter.report(.warning("object \(object.name) is damaged and stays as it is"))
        }
        reporter.report(.notice("hint: dvswift verify --repair"))
        throw ExitCode(ExitStatus.failure.rawValue)
    }
}

/// What a migration from DVC 2's layout would do, in DVC's words.
struct MigrationPlanView {
    let objects: Int
    /// Nil if files were not asked for.
    let files: [String]?

    var lines: [String] {
        let first = "\(objects) files will be re-hashed and migrated to the DVC 3.0 cache location."
        guard let files else { return [first] }
        if files.isEmpty { return [first, MigrationView.noFiles] }
        return [first, "Entries in following DVC files will be migrated to the 3.0 format:"]
            + files.map { "\t\($0)" }
    }
}

/// What a migration from DVC 2's layout did, in DVC's words.
struct MigrationView {
    static let noFiles = "No DVC files in the repo to migrate to the 3.0 format."

    private let migration: CacheMigration
    private let files: PointerMigration?

    init(_ migration: CacheMigration, _ files: PointerMigration?) {
        self.migration = migration
        self.files = files
    }

    var isComplete: Bool { migration.left.isEmpty && files?.left.isEmpty != false }

    func show(on reporter: any Reporter) {
        let count = migration.stored
        reporter.report(.answer("Migrated \(count) files to DVC 3.0 cache location."))
        if let files { show(files, on: reporter) }
        for object in migration.left {
            let place = object.origin.map { " of '\($0.path)'" } ?? ""
            reporter.report(.warning("object \(object.name)\(place) \(object.reason.words)"))
        }
        for path in files?.left ?? [] {
            reporter.report(
                .warning(
                    "the record of '\(path)' stays as it is: neither the cache nor the workspace has that content"
                )
            )
        }
        guard !isComplete else { return }
        reporter.report(.notice("hint: dvswift fetch, then run the command again"))
    }

    private func show(_ files: PointerMigration, on reporter: any Reporter) {
        if files.pointers.isEmpty, files.locks.isEmpty, files.left.isEmpty {
            reporter.report(.answer(Self.noFiles))
        }
        for path in files.pointers { reporter.report(.answer("Updating DVC file '\(path)'")) }
        for path in files.locks { reporter.report(.answer("Updating lock file '\(path)'")) }
        if let touched = files.touched { StagingView(touched).show(on: reporter) }
    }
}

extension CacheMigration.Left.Reason {
    fileprivate var words: String {
        switch self {
        case .damaged: "is damaged and was not migrated"
        case .incomplete: "was not migrated: the cache does not have all files of the directory"
        }
    }
}
