import DVSystem
import DVTestSupport
import Testing

/// Every command pays for what happens at the start: only what it needs is read.
@Suite struct StartTests {
    let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
        try project.write("1\n", to: "data")
        try project.run(.dvswift, "add", "--quiet", "data")
        try project.run(.dvswift, "status")
    }

    /// The files that dvswift opens; nil where nobody may look.
    private func opened(by arguments: String...) throws -> [String]? {
        guard try project.canTrace() else { return nil }
        return try project.trace(["-e", "trace=open,openat"], arguments).compactMap { line in
            let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
            return parts.count >= 3 && !parts[2].contains("= -1") ? String(parts[1]) : nil
        }
    }

    @Test func `the version needs no project, settings or certificates`() throws {
        guard let opened = try opened(by: "--version") else { return }
        let ofTheSystem = opened.filter { path in
            ["/proc/", "/sys/", "/etc/ld.so"].contains { path.hasPrefix($0) }
                || path.contains(".so")
        }
        #expect(opened == ofTheSystem)
    }

    @Test func `what connects to no server reads no certificates`() throws {
        guard let opened = try opened(by: "status") else { return }
        #expect(opened.contains { $0.hasSuffix("data.dvc") })
        #expect(!opened.contains { $0.contains("/ssl/") || $0.contains("certs") })
    }
}
