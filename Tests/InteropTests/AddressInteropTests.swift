import DVSystem
import DVTestSupport
import Testing

/// Data in storages, named by addresses: both tools record the same, and each goes on with what the other recorded.
@Suite struct AddressInteropTests {
    @Test(arguments: ServedRemote.importable)
    func `both tools record the same of files and folders`(kind: ServedRemote) throws {
        let data = try ServedData(kind)
        let sources = ["a"] + (kind.isListing ? ["dir"] : [])
        for source in sources {
            let address = "remote://served/raw/\(source)"
            for options in source == "a" ? [[], ["--no-download"]] : [["--to-remote"]] {
                let command = ["import-url", address, "-q"] + options
                try data.project.remove(source)
                try data.run(.dvc, command)
                let expected = try data.take("\(source).dvc")
                try data.project.remove(source)
                try data.run(.dvswift, command)
                #expect(try data.take("\(source).dvc") == expected, "\(command)")
            }
        }
    }

    @Test(arguments: ServedRemote.importable + [.https])
    func `what one tool imported the other updates`(kind: ServedRemote) throws {
        let data = try ServedData(kind)
        try data.run(.dvc, "import-url", "-q", "remote://served/raw/a")
        #expect(try data.run(.dvswift, "update", "a.dvc") == "'a.dvc' didn't change, skipping\n")
        try data.put("changed\n", at: "raw/a")
        let said = try data.run(.dvswift, "update", "a.dvc")
        #expect(said == "Importing 'remote://served/raw/a' -> 'a'\n")
        #expect(try data.project.text(of: "a") == "changed\n")
        #expect(try data.run(.dvc, "update", "a.dvc") == "'a.dvc' didn't change, skipping\n")
    }

    @Test(arguments: [ServedRemote.s3, .ssh])
    func `what one tool only wrote down the other brings`(kind: ServedRemote) throws {
        let data = try ServedData(kind)
        try data.run(.dvc, "import-url", "-q", "--no-download", "remote://served/raw/dir")
        try data.run(.dvswift, "import-url", "-q", "--no-download", "remote://served/raw/a")
        let said = try data.run(.dvswift, "pull", "dir.dvc")
        #expect(said.contains("A       dir/\n"))
        #expect(try data.project.text(of: "dir/deep/c") == "three\n")
        // DVC alone fails to bring what it wrote down over SSH.
        try data.run(kind == .ssh ? .dvswift : .dvc, "pull", "-q", "a.dvc")
        #expect(try data.project.text(of: "a") == "one\n")
    }

    @Test(arguments: ServedRemote.importable + [.webdav])
    func `both tools copy and list the same`(kind: ServedRemote) throws {
        let data = try ServedData(kind)
        let source = kind.isListing ? "remote://served/raw" : "remote://served/raw/a"
        try data.run(.dvc, "get-url", source, "theirs")
        try data.run(.dvswift, "get-url", source, "ours")
        if kind.isListing {
            let theirs = try data.project.tree("theirs")
            #expect(try data.project.tree("ours").difference(from: theirs) == nil)
            #expect(
                try data.run(.dvswift, "list-url", source, "-R")
                    == "a\ndir/b\ndir/deep/c\n"
            )
            let both = try [Tool.dvc, .dvswift].map { try data.run($0, "list-url", source) }
            #expect(both[0] == both[1])
        } else {
            #expect(try data.project.text(of: "ours") == data.project.text(of: "theirs"))
            let both = try [Tool.dvc, .dvswift].map { try data.run($0, "list-url", source) }
            #expect(both[0] == both[1])
        }
        let missing = try data.attempt(.dvswift, "get-url", source + "/none")
        #expect(missing.reason.code == 1)
        #expect(missing.errors.contains("The path '\(source)/none' does not exist"))
    }

    @Test(arguments: ServedRemote.importable)
    func `stages depend on addresses alike`(kind: ServedRemote) throws {
        let data = try ServedData(kind)
        var addresses = ["remote://served/raw/a"]
        if kind.isListing { addresses.append("remote://served/raw/dir") }
        let list = addresses.map { "    - \($0)\n" }.joined()
        try data.project.write(
            "stages:\n  s:\n    cmd: echo hi > out\n    deps:\n\(list)    outs:\n    - out\n",
            to: "dvc.yaml"
        )
        try data.run(.dvc, "repro", "-q")
        let expected = try data.take("dvc.lock")
        try data.run(.dvswift, "repro", "-q")
        #expect(try data.project.text(of: "dvc.lock") == expected)
        #expect(try data.run(.dvswift, "repro").hasPrefix("Stage 's' didn't change, skipping\n"))
        try data.put("changed\n", at: "raw/a")
        let both = try [Tool.dvc, .dvswift].map { try data.run($0, "status", "--json") }
        #expect(both[0] == both[1])
        #expect(both[1].contains(#""remote://served/raw/a": "modified""#))
        #expect(try data.run(.dvswift, "repro").contains("Running stage 's'"))
    }

    @Test(arguments: [ServedRemote.webdav, .webdavs])
    func `servers that tell little of their files are read`(kind: ServedRemote) throws {
        let data = try ServedData(kind)
        try data.run(.dvswift, "import-url", "-q", "remote://served/raw")
        #expect(try data.project.text(of: "raw/dir/deep/c") == "three\n")
        #expect(try data.run(.dvswift, "update", "raw.dvc").hasSuffix("skipping\n"))
        try data.put("changed\n", at: "raw/dir/b")
        try data.run(.dvswift, "update", "raw.dvc")
        #expect(try data.project.text(of: "raw/dir/b") == "changed\n")
    }

    @Test(arguments: [ServedRemote.s3, .ssh, .webdav])
    func `data goes from a storage straight to a storage`(kind: ServedRemote) throws {
        let data = try ServedData(kind)
        let large = String(repeating: "0123456789abcdef", count: 400_000)
        try data.project.write(large, to: "../large")
        try data.run(
            .dvswift,
            "add",
            "-q",
            "--to-remote",
            "-r",
            "served",
            "../large",
            "-o",
            "local"
        )
        try data.run(
            .dvswift,
            "import-url",
            "-q",
            "--to-remote",
            "-r",
            "served",
            "remote://served/raw"
        )
        #expect(try !data.project.exists("raw") && !data.project.exists(".dvc/cache/files"))
        try data.run(.dvc, "pull", "-q", "-r", "served")
        #expect(try data.project.text(of: "raw/dir/b") == "two\n")
        #expect(try data.project.text(of: "local") == large)
    }
}
