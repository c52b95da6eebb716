import DVProject
import DVReporting
import DVSystem
import DVTestSupport
import DVWorkspace

/// A project without Git in a temporary directory; every operation opens it anew, as another process would.
struct EngineProject {
    let directory: TemporaryDirectory
    let reporter = RecordingReporter()
    let environment: ProcessEnvironment

    init() throws {
        directory = try TemporaryDirectory()
        let home = directory.appending("home")
        environment = ProcessEnvironment(try TestEnvironment(home: home).entries())
        try root.makeDirectories()
        try InitializeOperation(
            directory: root,
            isWithoutGit: true,
            isForced: false,
            isSubdirectory: false
        )
        .run(reporter: reporter)
    }

    var root: AbsolutePath { directory.appending("work") }
    var remote: AbsolutePath { directory.appending("remote") }
    var cache: AbsolutePath { path(".dvc/cache") }

    func path(_ name: String) -> AbsolutePath { root.appending(name) }

    func write(_ text: String, to name: String) throws {
        try directory.write(text, to: "work/" + name)
    }

    func text(_ name: String) throws -> String {
        String(decoding: try path(name).readBytes(), as: UTF8.self)
    }

    func open(from folder: String = ".", reporter: (any Reporter)? = nil) throws -> Project {
        try Project.open(
            from: root.appending(folder),
            reporter: reporter ?? self.reporter,
            environment: environment
        )
    }

    func settings() throws -> SettingsEditor {
        try SettingsEditor(workingDirectory: root, environment: environment)
    }

}

/// Operations, each under the lock.
extension EngineProject {
    @discardableResult
    func add(_ targets: String...) throws -> TouchedFiles {
        let project = try open()
        return try project.lock.hold { try AddOperation(targets: targets).run(in: project) }
    }

    func status(_ targets: String...) throws -> LocalStatus {
        let project = try open()
        return try project.lock.hold {
            try StatusOperation(selection: TargetSelection(targets: targets)).run(in: project)
        }
    }

    @discardableResult
    func checkout(_ targets: String..., force: Bool = false) throws -> CheckoutReport {
        let project = try open()
        return try project.lock.hold {
            try CheckoutOperation(
                selection: TargetSelection(targets: targets),
                options: CheckoutOptions(force: force)
            )
            .run(in: project)
        }
    }

    func push(_ targets: String...) throws -> Int {
        let project = try open()
        return try project.lock.hold {
            try PushOperation(TransferRequest(TargetSelection(targets: targets)))
                .run(in: project).transferred
        }
    }

    func fetch(_ targets: String...) throws -> Int {
        let project = try open()
        return try project.lock.hold {
            try FetchOperation(TransferRequest(TargetSelection(targets: targets)))
                .run(in: project).transferred
        }
    }

    /// Makes the folder beside the project its default remote.
    func shareThroughFolder() throws {
        try settings().addRemote(
            "storage",
            url: remote.string,
            isDefault: true,
            isReplacing: false,
            level: nil
        )
    }
}
