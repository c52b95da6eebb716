import DVTestSupport
import Testing

/// A folder and a file go from clone to clone.
@Suite struct DatasetTests {
    @Test(arguments: Pair.all)
    func `a dataset that one tool made is changed by the other and used by the first`(
        pair: Pair
    ) throws {
        let outcome = try Self.share(pair)
        let reference = try Self.reference.get()
        #expect(outcome.difference(from: reference) == nil)
    }

    private static let reference = Result { try share(.dvcAlone) }

    private static func share(_ pair: Pair) throws -> Outcome {
        let first = try TemporaryProject.sharing(madeBy: pair.maker)
        try writeDataset(first)
        try first.run(pair.maker, "add", "-q", "data", "notes with space.txt")
        try first.commit("data")
        try first.run(pair.maker, "push", "-q")
        try first.expectClean(pair.maker)

        let second = try first.clone()
        try second.run(pair.user, "pull", "-q")
        #expect(try second.tree().difference(from: first.tree()) == nil)
        try second.expectClean(pair.user)
        try changeDataset(second)
        try second.run(pair.user, "add", "-q", "data")
        try second.run(pair.user, "push", "-q")
        try second.commit("more data")

        try first.fetchCommits(of: second)
        try first.run(pair.maker, "pull", "-q")
        #expect(try first.tree().difference(from: second.tree()) == nil)
        try first.expectClean(pair.maker)
        return try Outcome(of: first)
    }

    private static func writeDataset(_ project: TemporaryProject) throws {
        for number in 0..<12 {
            try project.write("row \(number)\n", to: "data/tables/part-\(number).csv")
        }
        try project.write(String(repeating: "a,b,c\n1,2,3\n", count: 20_000), to: "data/long.csv")
        try project.write("", to: "data/empty")
        try project.write("same\n", to: "data/twin-1")
        try project.write("same\n", to: "data/twin-2")
        try project.write("é\n", to: "data/über/naïve “file”.txt")
        try project.write("line\r\nline\r\n", to: "data/.hidden/carriage returns")
        try project.write([0, 255, 10, 13, 0], to: "data/binary.bin")
        try project.write("remember\n", to: "notes with space.txt")
    }

    private static func changeDataset(_ project: TemporaryProject) throws {
        try project.write("row 3, changed\n", to: "data/tables/part-3.csv")
        try project.write("new\n", to: "data/tables/deep/er/part-12.csv")
        try project.remove("data/tables/part-5.csv")
    }
}
