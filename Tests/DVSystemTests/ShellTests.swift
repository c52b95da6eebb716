import DVSystem
import Testing

@Suite struct ShellTests {
    @Test(arguments: [
        ("/bin/sh", ["/bin/sh", "-c", "x"]),
        ("/usr/bin/zsh", ["/usr/bin/zsh", "--no-rcs", "-c", "x"]),
        ("/bin/bash", ["/bin/bash", "--noprofile", "--norc", "-c", "x"]),
        ("/usr/bin/fish", ["/usr/bin/fish", "--no-config", "-c", "x"]),
        ("nu", ["nu", "-c", "x"]),
    ])
    func `each shell starts without the user's files`(program: String, arguments: [String]) {
        #expect(Shell(program: program).arguments(for: "x") == arguments)
    }

    @Test func `an old fish has no option for it`() {
        #expect(
            Shell(program: "fish", hasNoConfig: false).arguments(for: "x") == ["fish", "-c", "x"]
        )
    }

    @Test(arguments: [
        ("fish, version 3.3.0", true), ("fish, version 4.0.1", true),
        ("fish, version 3.1.2", false),
        ("", false),
    ])
    func `the version of a fish decides`(text: String, isKnown: Bool) {
        #expect(Shell.knowsNoConfig(fishVersion: text) == isKnown)
    }
}
