import DVTestSupport
import Testing

@Suite struct MigrationCrashTests {
    @Test func `a killed migration from DVC 2 is completed by the next`() throws {
        let project = try TemporaryProject()
        var files: [String: String] = [:]
        for number in 0..<12 { files["\(number)"] = "row \(number)\r\n" }
        files["long"] = (0..<60_000).map { "\($0 % 977),\($0 / 7)\r\n" }.joined()
        try project.trackAsDVC2(folder: "data", files)
        for number in 0..<4 { try project.trackAsDVC2("\(number)\r\n", at: "file\(number)") }
        let command = KilledCommand(
            arguments: ["cache", "migrate", "-q", "--dvc-files"],
            template: project
        ) { project in
            #expect(try project.run(.dvswift, "status", "--json") == "{}\n")
            try project.run(.dvswift, "gc", "-q", "-w", "-f")
            try project.remove("data")
            try project.run(.dvswift, "checkout", "-q")
        }
        try command.killEverywhere(seed: 6)
    }
}
