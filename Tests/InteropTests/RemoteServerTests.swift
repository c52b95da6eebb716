import DVSystem
import DVTestSupport
import Testing

/// Settings that dvswift writes, used by DVC with real servers.
@Suite struct RemoteServerTests {
    @Test(arguments: ServedRemote.allCases)
    func `DVC reaches a server by the settings that dvswift wrote`(kind: ServedRemote) throws {
        let project = try TemporaryProject()
        try project.run(.dvswift, "config", "--unset", "core.autostage")
        let place = try kind.makePlace(for: project)
        try project.add(place, as: "served")
        try project.run(.dvswift, "remote", "default", "served")
        try project.write("one\n", to: "data/a")
        try project.write("two\n", to: "data/with blank é")
        try project.run(.dvc, "add", "--quiet", "data")
        #expect(try project.run(.dvc, "push") == "3 files pushed\n")
        for name in ["data", ".dvc/cache"] { try project.remove(name) }
        try project.run(.dvc, "pull", "--quiet")
        #expect(try project.text(of: "data/with blank é") == "two\n")
        #expect(try project.run(.dvc, "push") == "Everything is up to date.\n")
    }
}
