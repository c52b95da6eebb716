import DVSystem
import DVTestSupport
import Testing

/// The executable bit, and files of the project that are symbolic links.
@Suite struct ModeAndLinkTests {
    private static func both(
        _ steps: (TemporaryProject, Tool) throws -> String
    ) throws -> (ours: String, theirs: String) {
        let project = try TemporaryProject(madeBy: .dvc)
        return (try steps(try project.copy(), .dvswift), try steps(project, .dvc))
    }

    @Test(arguments: ["copy", "hardlink", "symlink"])
    func `a second add keeps the executable bit, a checkout restores it`(type: String) throws {
        let (ours, theirs) = try Self.both { project, tool in
            try project.run(tool, "config", "cache.type", type)
            try project.write("run\n", to: "tool")
            try project.path("tool").setPermissions(0o755)
            var told = ""
            for _ in 0..<3 {
                try project.run(tool, "add", "-q", "tool")
                told += try project.text(of: "tool.dvc")
                told += "\(try FileStatus.following(project.path("tool")).isExecutable)\n"
            }
            try project.remove("tool")
            told += try project.run(tool, "checkout")
            told += "\(try FileStatus.following(project.path("tool")).isExecutable)\n"
            return told
        }
        #expect(ours == theirs)
    }

    @Test func `a bit that was lost is told as a change, one that was gained is not`() throws {
        let (ours, theirs) = try Self.both { project, tool in
            var told = ""
            for (before, after) in [(0o755, 0o644), (0o644, 0o755)] as [(UInt16, UInt16)] {
                try project.write("run \(before)\n", to: "tool")
                try project.path("tool").setPermissions(before)
                try project.run(tool, "add", "-q", "tool")
                told += try project.text(of: "tool.dvc")
                try project.path("tool").setPermissions(after)
                told += try project.run(tool, "status") + project.run(tool, "checkout")
                told += "\(try FileStatus.following(project.path("tool")).isExecutable)\n"
            }
            return told
        }
        #expect(ours == theirs)
    }

    @Test(arguments: ["copy", "hardlink", "symlink"])
    func `a member of a directory keeps the bit, and no object gets one`(type: String) throws {
        let project = try TemporaryProject()
        try project.run(.dvswift, "config", "cache.type", type)
        try project.run(.dvswift, "config", "cache.compression", "none")
        for name in ["data/tool", "data/text"] { try project.write(name, to: name) }
        try project.path("data/tool").setPermissions(0o755)
        func expectBit(_ step: String) throws {
            for (name, bit) in [("data/tool", true), ("data/text", false)] {
                let status = try FileStatus.following(project.path(name))
                #expect(status.isExecutable == bit, "\(name) after \(step)")
            }
            let writable = ["find", ".dvc/cache/files", "-type", "f", "-not", "-perm", "444"]
            #expect(try project.attempt(writable).output.isEmpty, "\(step)")
        }
        for _ in 0..<2 {
            try project.run(.dvswift, "add", "data")
            try expectBit("add")
        }
        try project.run(.dvswift, "checkout", "--relink")
        try expectBit("relink")
        // A fresh checkout does not know of it, as in DVC; given anew, it changes the object behind a link.
        try project.remove("data")
        try project.run(.dvswift, "checkout")
        try project.path("data/tool").setPermissions(0o755)
        try project.run(.dvswift, "add", "data")
        try expectBit("add of a link")
    }

    @Test func `pointers, ignore files, pipelines and locks are written through links`() throws {
        let (ours, theirs) = try Self.both { project, tool in
            try project.write("# mine\n", to: "shared/ignore")
            try project.path(".gitignore").makeSymbolicLink(to: "shared/ignore")
            try project.write("z\n", to: "z")
            try project.run(tool, "add", "-q", "z")
            try project.path("z.dvc").rename(to: project.path("shared/z"))
            try project.path("z.dvc").makeSymbolicLink(to: "shared/z")
            try project.write("changed\n", to: "z")
            try project.run(tool, "add", "-q", "z")
            try project.write(
                "stages:\n  t:\n    cmd: echo t > t\n    outs:\n    - t\n",
                to: "dvc.yaml"
            )
            try project.run(tool, "repro", "-q")
            try project.path("dvc.lock").rename(to: project.path("shared/lock"))
            try project.path("dvc.lock").makeSymbolicLink(to: "shared/lock")
            try project.write("other\n", to: "t")
            try project.run(tool, "commit", "-q", "-f", "t")
            // Git does not read the ignore file behind a link, so DVC writes entries again and again.
            let ignored = Set(try project.text(of: "shared/ignore").split(separator: "\n"))
            return try ignored.sorted().joined(separator: "\n")
                + project.text(of: "shared/z") + project.text(of: "shared/lock")
                + [".gitignore", "z.dvc", "dvc.lock"].map { name in
                    "\(try FileStatus.ifPresent(project.path(name))?.isSymbolicLink == true)"
                }
                .joined()
        }
        #expect(ours == theirs)
    }

    @Test func `a commit tells of a lock file once`() throws {
        let (ours, theirs) = try Self.both { project, tool in
            try project.write(
                """
                stages:
                  one:
                    cmd: echo 1 > 1
                    outs: ['1']
                  two:
                    cmd: echo 2 > 2
                    outs: ['2']

                """,
                to: "dvc.yaml"
            )
            try project.write("1\n", to: "1")
            try project.write("2\n", to: "2")
            var told = ""
            for text in ["1\n", "changed\n"] {
                try project.write(text, to: "1")
                try project.write(text, to: "2")
                let output = try project.run(tool, "commit", "-f")
                told += output.split(separator: "\n").filter { $0.contains("lock file") }
                    .joined(separator: "\n")
            }
            return told
        }
        #expect(ours == theirs)
    }
}
