import DVTestSupport
import Testing

/// Both tools do the same to part of a directory, in a clone that has nothing else of it.
@Suite struct PartOfDatasetTests {
    private static let template = Result { () throws -> TemporaryProject in
        let project = try TemporaryProject.sharing(madeBy: .dvc)
        for name in ["a", "b", "sub/c", "sub/d"] {
            try project.write(name + "\n", to: "data/" + name)
        }
        try project.run(.dvc, "add", "-q", "data")
        try project.run(.dvc, "push", "-q")
        try project.commit("data")
        try project.remove("data")
        try project.remove(".dvc/cache")
        return project
    }

    /// Runs the same in two equal projects; the remotes are copies, too.
    private static func both(
        _ steps: (TemporaryProject, Tool) throws -> String
    ) throws -> (ours: String, theirs: String) {
        let project = try template.get()
        let pair = [(try project.copy(), Tool.dvswift), (try project.copy(), Tool.dvc)]
        for (copy, tool) in pair {
            try copy.run(tool, "remote", "modify", "-q", "storage", "url", copy.remote.string)
        }
        return (try steps(pair[0].0, pair[0].1), try steps(pair[1].0, pair[1].1))
    }

    @Test func `added parts give the same pointers and listings`() throws {
        let (ours, theirs) = try Self.both { project, tool in
            var pointers = ""
            try project.write("new", to: "data/deep/new")
            try project.run(tool, "add", "-q", "data/deep/new")
            pointers += try project.text(of: "data.dvc")
            try project.write("changed", to: "data/sub/c")
            try project.run(tool, "add", "-q", "data/sub/c")
            pointers += try project.text(of: "data.dvc")
            try project.remove("data/sub/c")
            try project.write("x", to: "data/sub/x")
            try project.run(tool, "add", "-q", "data/sub")
            pointers += try project.text(of: "data.dvc")
            try project.remove("data/sub")
            try project.run(tool, "add", "-q", "data/sub")
            pointers += try project.text(of: "data.dvc")
            try project.run(tool, "push", "-q", "data/deep")
            // DVC also keeps the listings of added folders and those it fetched.
            return pointers
        }
        #expect(ours == theirs)
    }

    @Test func `a committed part of a directory that is here gives the same pointer`() throws {
        let (ours, theirs) = try Self.both { project, tool in
            try project.run(tool, "pull", "-q")
            try project.write("changed", to: "data/sub/c")
            try project.run(tool, "commit", "-q", "-f", "data/sub/c")
            return try project.text(of: "data.dvc")
        }
        #expect(ours == theirs)
    }

    @Test func `a part travels alone, and is told of in the same words`() throws {
        let (ours, theirs) = try Self.both { project, tool in
            var told = try project.run(tool, "pull", "data/sub/c")
            told += try project.tree("data").paths.joined(separator: " ") + "\n"
            told += try project.tree(".dvc/cache/files/md5").paths.joined(separator: " ") + "\n"
            told += try project.run(tool, "status", "-c", "data/sub/c")
            told += try project.run(tool, "fetch", "data/sub")
            told += try project.run(tool, "checkout", "data/sub")
            told += try project.run(tool, "checkout", "data/sub")
            try project.write("new", to: "data/new")
            try project.run(tool, "add", "-q", "data/new")
            told += try project.run(tool, "push", "data/new")
            return told
        }
        #expect(ours == theirs)
    }

    @Test func `a comparison with the remote lists members when the cache is gone`() throws {
        let (ours, theirs) = try Self.both { project, tool in
            let text = try project.run(tool, "status", "-c")
            return text.split(separator: "\n").sorted().joined(separator: "\n")
        }
        #expect(ours == theirs)
    }

    @Test func `a remote that is not there fails a fetch of nothing`() throws {
        let (ours, theirs) = try Self.both { project, tool in
            try project.run(tool, "pull", "-q")
            let result = try project.attempt(tool, "fetch", "-r", "nosuch")
            return "\(result.status) \(result.output)"
        }
        #expect(ours == theirs)
    }
}
