import DVTestSupport
import Testing

/// Both tools by turns in one clone of a project that DVC made: its cache is plain, so each sees the other's objects.
@Suite struct OneCloneTests {
    @Test(arguments: Pair.all)
    func `two tools take turns in one clone`(pair: Pair) throws {
        let outcome = try Self.takeTurns(pair)
        let reference = try Self.reference.get()
        #expect(outcome.difference(from: reference) == nil)
    }

    private static let reference = Result { try takeTurns(.dvcAlone) }

    private static func takeTurns(_ pair: Pair) throws -> Outcome {
        let project = try TemporaryProject.sharing(madeBy: .dvc)
        for number in 0..<5 { try project.write("\(number)\n", to: "data/\(number)") }
        try project.run(pair.maker, "add", "-q", "data")
        #expect(try project.run(pair.user, "status", "--json") == "{}\n")

        let complete = try project.tree()
        try project.remove("data")
        try project.run(pair.user, "checkout", "-q")
        #expect(try project.tree().difference(from: complete) == nil)
        #expect(try project.run(pair.maker, "status", "--json") == "{}\n")

        try project.write("changed\n", to: "data/2")
        try project.run(pair.user, "add", "-q", "data")
        try project.run(
            pair.user,
            "stage",
            "add",
            "-q",
            "-n",
            "count",
            "-d",
            "data",
            "-o",
            "count",
            "ls data > count"
        )
        try project.run(pair.maker, "repro", "-q")
        try project.expectNothingToReproduce(pair.user)
        try project.run(pair.user, "push", "-q")
        try project.expectClean(pair.maker)
        try project.commit("all")
        return try Outcome(of: project)
    }
}
