import DVGit
import DVSystem
import DVTestSupport
import Glibc
import Testing

@Suite struct GitStagingTests {
    @Test func `staging adds, updates and removes as Git does and leaves other entries alone`()
        throws
    {
        let real = try RealRepository()
        for name in ["changed", "deleted", "staged"] { try real.write("1", to: name) }
        try real.git("add", ".")
        try real.git("commit", "--quiet", "--message", "first")
        for name in ["changed", "staged"] { try real.write("22", to: name) }
        try real.git("add", "staged")
        try real.write("333", to: "staged")
        try real.write("content of its own", to: "new ü")
        try real.root.appending("deleted").removeFile()
        let names = ["changed", "deleted", "new ü", "never there"]
        try real.opened().stage(names.map { real.root.appending($0) })
        let status = try real.git("-c", "core.quotePath=false", "status", "--porcelain")
        #expect(status == "M  changed\nD  deleted\nA  \"new ü\"\nMM staged\n")
    }

    @Test func `a locked index is an error of its own and stays as it is`() throws {
        let real = try RealRepository()
        try real.write("1", to: "new")
        try real.write("", to: ".git/index.lock")
        let repository = try real.opened()
        let error = #expect(throws: GitError.self) {
            try repository.stage([real.root.appending("new")], patience: .milliseconds(100))
        }
        #expect(error?.isLocked == true)
        #expect(try real.root.appending(".git").appending("index.lock").exists())
        #expect(try real.git("ls-files").isEmpty)
    }

    @Test func `a lock that Git frees in time is waited for`() throws {
        let real = try RealRepository()
        try real.write("1", to: "new")
        try real.write("", to: ".git/index.lock")
        try WorkerPool(jobs: 2).forEach(count: 2, batchSize: 1) { range in
            if range.lowerBound == 0 {
                try real.opened().stage([real.root.appending("new")], patience: .seconds(60))
            } else {
                usleep(200_000)
                try AbsolutePath(real.root.string + "/.git/index.lock")?.removeFile()
            }
        }
        #expect(try real.git("ls-files") == "new\n")
    }

    @Test func `nothing that Git stages at the same time is lost`() throws {
        let real = try RealRepository()
        let numbers = 0..<60
        for number in numbers {
            try real.write("1", to: "git-\(number)")
            try real.write("2", to: "own-\(number)")
        }
        try WorkerPool(jobs: 2).forEach(count: 2, batchSize: 1) { range in
            for number in numbers {
                if range.lowerBound == 0 {
                    try real.addPatiently("git-\(number)")
                } else {
                    let file = real.root.appending("own-\(number)")
                    try real.opened().stage([file], patience: .seconds(60))
                }
            }
        }
        #expect(try real.git("ls-files").split(separator: "\n").count == 2 * numbers.count)
        #expect(try real.git("status", "--porcelain").contains("??") == false)
    }

    /// The new index is as young as the old one was old: Git must still see that the file differs from what it staged.
    @Test func `a file changed in the moment it was staged is still seen as changed`() throws {
        let real = try RealRepository()
        for attempt in 0..<20 {
            try real.write("1", to: "raced")
            try real.git("add", "raced")
            try real.write("2", to: "raced")
            try real.write("\(attempt)", to: "other")
            try real.opened().stage([real.root.appending("other")])
            #expect(try real.git("diff", "--name-only") == "raced\n")
        }
    }
}
