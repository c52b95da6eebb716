import DVFormats
import DVGit
import DVReporting
import DVSystem

/// Makes a project.
package struct InitializeOperation {
    private let directory: AbsolutePath
    private let isWithoutGit: Bool
    private let isForced: Bool
    private let isSubdirectory: Bool

    package init(directory: AbsolutePath, isWithoutGit: Bool, isForced: Bool, isSubdirectory: Bool)
    {
        self.directory = directory
        self.isWithoutGit = isWithoutGit
        self.isForced = isForced
        self.isSubdirectory = isSubdirectory
    }

    /// Creates `.dvc/` and `.dvcignore` and stages them.
    ///
    /// With force, an existing `.dvc/` is replaced.
    package func run(reporter: any Reporter) throws {
        if isWithoutGit && isSubdirectory { throw ProjectError.subdirectoryWithoutGit }
        let dvcDirectory = directory.appending(".dvc")
        let git = try isWithoutGit ? nil : repository()
        if let git, try git.isIgnored(dvcDirectory, isDirectory: true) {
            throw ProjectError.isIgnoredByGit(dvcDirectory: dvcDirectory)
        }
        if try dvcDirectory.exists() {
            guard isForced else { throw ProjectError.alreadyAProject(dvcDirectory: dvcDirectory) }
            try dvcDirectory.removeTree()
        }
        let files = try write(to: dvcDirectory)
        try git?.stage(files)
    }

    private func repository() throws -> GitRepository {
        let found = try GitRepository.discover(from: directory)
        guard let found, try isRoot(found) || isSubdirectory else {
            throw ProjectError.noGitRepository(directory: directory)
        }
        return found
    }

    private func isRoot(_ repository: GitRepository) throws -> Bool {
        try directory.resolvingLinks() == repository.workingDirectory.resolvingLinks()
    }

    private func write(to dvcDirectory: AbsolutePath) throws -> [AbsolutePath] {
        try dvcDirectory.appending("tmp").makeDirectories()
        let ignored = ["/config.local", "/tmp", "/cache", "/config.dvswift.local"]
        let gitIgnore = dvcDirectory.appending(".gitignore")
        try gitIgnore.replaceContents(with: Array((ignored.joined(separator: "\n") + "\n").utf8))
        let config = dvcDirectory.appending("config")
        try config.replaceContents(with: try settings())
        let own = dvcDirectory.appending("config.dvswift")
        try own.replaceContents(with: try ownSettings())
        let ignoreFile = directory.appending(".dvcignore")
        if try !ignoreFile.exists() {
            try ignoreFile.replaceContents(with: Array(Self.ignoreFileText.utf8))
        }
        let files = [config, own, ignoreFile]
        return isWithoutGit ? files : files + [gitIgnore]
    }

    private func settings() throws -> [UInt8] {
        var file = ConfigFile()
        if isWithoutGit {
            try file.set("True", for: ConfigKey(.plain("core"), "no_scm"))
        } else {
            try file.set("true", for: ConfigKey(.plain("core"), "autostage"))
        }
        return file.serialized()
    }

    private func ownSettings() throws -> [UInt8] {
        var file = ConfigFile()
        try file.set("auto", for: ConfigKey(.plain("cache"), "compression"))
        return file.serialized()
    }

    private static let ignoreFileText = """
        # Add patterns of files dvc should ignore, which could improve
        # the performance. Learn more at
        # https://dvc.org/doc/user-guide/dvcignore

        """
}
