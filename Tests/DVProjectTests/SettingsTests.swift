import DVFormats
import DVProject
import DVSystem
import DVTestSupport
import Testing

/// Settings of machine, user, project and clone.
@Suite struct SettingsTests {
    private let project: EngineProject
    private let jobs = ConfigKey(.plain("core"), "jobs")

    init() throws {
        project = try EngineProject()
    }

    @Test func `the nearer level wins, and unsetting it lets the next one through`() throws {
        let levels: [ConfigLevel] = [.system, .global, .project, .local]
        for (number, level) in levels.enumerated() {
            try project.settings().set(jobs, to: "\(number + 1)", level: level)
            #expect(try project.open().settings.jobs == number + 1)
        }
        for (number, level) in levels.enumerated().reversed().dropLast() {
            try project.settings().unset(jobs, level: level)
            #expect(try project.open().settings.jobs == number)
        }
    }

    @Test func `setting in any order gives the same`() throws {
        try project.settings().set(jobs, to: "4", level: .local)
        try project.settings().set(jobs, to: "2", level: .global)
        #expect(try project.open().settings.jobs == 4)
        let entry = try #require(try project.settings().value(of: jobs, level: nil))
        #expect(entry.value == "4")
        #expect(entry.origin == ".dvc/config.dvswift.local")
        #expect(try project.settings().value(of: jobs, level: .global)?.value == "2")
    }

    @Test func `options that DVC would refuse are kept in a file of their own`() throws {
        let key = ConfigKey(.plain("cache"), "compression")
        try project.settings().set(key, to: "zlib", level: nil)
        #expect(try project.open().settings.store.compression == .zlib)
        #expect(try project.text(".dvc/config.dvswift").contains("compression = zlib"))
        #expect(try !project.text(".dvc/config").contains("compression"))
    }

    @Test func `a value that cannot be is refused and nothing is written`() throws {
        let before = try project.text(".dvc/config")
        #expect(throws: (any Error).self) {
            try project.settings().set(jobs, to: "many", level: nil)
        }
        #expect(throws: (any Error).self) {
            try project.settings().set(ConfigKey(.plain("core"), "nosuch"), to: "1", level: nil)
        }
        #expect(try project.text(".dvc/config") == before)
        _ = try project.open()
    }

    @Test func `a clone may reach a remote of the project another way`() throws {
        try project.shareThroughFolder()
        let url = ConfigKey(.remote("storage"), "url")
        try project.settings().set(url, to: "../mine", level: .local)
        try project.write("a", to: "a")
        try project.add("a")
        #expect(try project.push() == 1)
        #expect(try project.directory.appending("mine/files").exists())
        #expect(try !project.remote.exists())
    }

    @Test func `a cache outside of the project is found from any folder of it`() throws {
        try project.settings().setCacheDirectory("../objects", level: nil)
        try project.path("deep").makeDirectories()
        let cache = project.directory.appending("objects")
        #expect(try project.open(from: "deep").settings.cacheDirectory == cache)
        try project.write("a", to: "a")
        try project.add("a")
        #expect(try cache.exists())
        #expect(try !project.cache.exists())
    }

    @Test func `outside of a project only the levels of user and machine exist`() throws {
        let outside = try SettingsEditor(
            workingDirectory: project.directory.path,
            environment: project.environment
        )
        try outside.set(jobs, to: "3", level: .global)
        #expect(throws: (any Error).self) { try outside.set(jobs, to: "3", level: nil) }
        #expect(try project.open().settings.jobs == 3)
    }
}
