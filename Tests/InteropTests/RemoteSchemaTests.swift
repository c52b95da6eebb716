import DVFormats
import DVSystem
import DVTestSupport
import Testing

/// The options of remotes, compared with the schema in DVC's own source.
@Suite struct RemoteSchemaTests {
    @Test func `every option of every kind takes the values that DVC takes`() throws {
        let project = try TemporaryProject(madeBy: nil, git: false)
        let python = try #require(AbsolutePath(Tool.dvc.program)).parent.appending("python")
        let script = try #require(AbsolutePath(#filePath)).parent.parent
            .appending("Fixtures/remote-schema.py")
        let lines = try project.attempt([python.string, script.string]).checkingSuccess().output
            .split(separator: "\n")
        // 13 kinds with some 70 options and 20 values.
        #expect(lines.count > 15_000)
        for line in lines {
            let words = line.split(separator: "\t", omittingEmptySubsequences: false)
                .map(String.init)
            let isTaken = try accepts(words[2], for: words[1], of: words[0])
            #expect(isTaken == (words[3] == "yes"), "\(words)")
        }
    }

    private func accepts(_ value: String, for option: String, of url: String) throws -> Bool {
        let remote = ConfigSection.remote("x")
        var file = ConfigFile()
        try file.set(url, for: ConfigKey(remote, "url"))
        try file.set(value, for: ConfigKey(remote, option))
        let levels = ConfigLevels(sources: [
            ConfigLevels.Source(level: .project, owner: .dvc, path: .root, file: file)
        ])
        do {
            try levels.validate()
            return true
        } catch {
            return false
        }
    }
}
