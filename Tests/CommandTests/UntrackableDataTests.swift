import DVSystem
import DVTestSupport
import Testing

/// What cannot be tracked is named with its reason; nothing is recorded and nothing waits for ever.
@Suite struct UntrackableDataTests {
    private static let entries: [(command: String, reason: String)] = [
        ("ln -s nowhere data/x", "a symbolic link to nothing"),
        ("ln -s x data/x", "symbolic links that lead to each other"),
        ("mkfifo data/x", "a pipe"),
        ("ln -s /dev/zero data/x", "a device"),
        (#"touch "data/$(printf 'x\377')""#, "its name is not UTF-8"),
        ("mkdir data/x && touch data/x/.dvcignore", "a .dvcignore must not be inside"),
    ]

    @Test(arguments: entries)
    func `a folder that holds something else than files is refused`(
        command: String,
        reason: String
    ) throws {
        let project = try TemporaryProject()
        try project.write("a", to: "data/a")
        try project.attempt(["sh", "-c", command]).checkingSuccess()
        let result = try project.attempt(.dvswift, "add", "data")
        #expect(result.status == 1)
        #expect(result.errors.contains("data/x"))
        #expect(result.errors.contains(reason), "\(result)")
        #expect(try !project.exists("data.dvc") && !project.exists(".gitignore"))
    }

    @Test func `a target whose name is not UTF-8 is told so`() throws {
        let project = try TemporaryProject()
        let program = try Tool.dvswift.program
        let script = #"name=$(printf 'x\377'); touch "$name"; exec "$0" add "$name""#
        let result = try project.attempt(["sh", "-c", script, program])
        #expect(result.status == 1)
        #expect(result.errors.contains("its name is not UTF-8"))
    }

    /// The tests may run as root, who may read everything; nobody may not.
    @Test func `a file that may not be read is named and nothing is recorded`() throws {
        let project = try TemporaryProject()
        try project.write("a", to: "data/a")
        try project.write("secret", to: "data/secret")
        try project.path("data/secret").setPermissions(0)
        let isRoot = try project.attempt(["id", "-u"]).output == "0\n"
        if isRoot { try project.attempt(["chmod", "-R", "a+rwX", ".."]).checkingSuccess() }
        try project.path("data/secret").setPermissions(0)
        let user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        let command = [try Tool.dvswift.program, "--cd", project.root.string, "add", "data"]
        let result = try project.attempt((isRoot ? user : []) + command)
        #expect(result.status == 1)
        #expect(result.errors.contains("data/secret': Permission denied"), "\(result)")
        #expect(result.errors.contains("hint: check who owns it and its mode"))
        #expect(try !project.exists("data.dvc"))
    }

    @Test func `a file that is written to all the time is refused or recorded as it was once`()
        throws
    {
        let project = try TemporaryProject()
        let script = """
            i=0; while [ ! -e stop ]; do i=$((i+1)); echo $i >> busy; done & 
            while [ ! -s busy ]; do sleep 0.01; done
            "$0" add busy; status=$?; touch stop; wait; exit $status
            """
        let result = try project.attempt(["sh", "-c", script, try Tool.dvswift.program])
        if result.status == 0 {
            try project.remove("busy")
            try project.run(.dvswift, "checkout")
            let lines = try project.text(of: "busy").split(separator: "\n")
            #expect(lines.map(String.init) == (1...lines.count).map(String.init))
        } else {
            #expect(result.errors.contains("changed while it was read"))
            #expect(try !project.exists("busy.dvc"))
        }
    }
}
