import DVTestSupport
import Testing

/// `artifacts get` finds what DVC finds.
@Suite struct ArtifactTests {
    /// Three versions of a file and of a folder below, the oldest of them tagged last, one in a stage.
    private static let registry = Result { () throws -> TemporaryProject in
        let project = try TemporaryProject(madeBy: .dvswift)
        try project.write(
            "artifacts:\n  net: {path: net.pkl}\n  card: {path: docs/card.md}\n",
            to: "dvc.yaml"
        )
        try project.write("artifacts:\n  deep: {path: dir}\n", to: "models/dvc.yaml")
        for version in ["1.0.0", "1.10.0-rc.1", "1.10.0", "1.9.0"] {
            try project.write(version, to: "net.pkl")
            try project.write(version, to: "models/dir/a")
            try project.write("other " + version, to: "models/dir/b")
            try project.run(.dvswift, "add", "-q", "net.pkl", "models/dir")
            try project.commit(version)
            try project.run(.git, "tag", "-a", "net@v\(version)", "-m", "version")
            try project.run(.git, "tag", "-a", "models=deep@v\(version)", "-m", "version")
        }
        try project.run(.git, "tag", "-a", "net#prod#1", "net@v1.0.0^{}", "-m", "stage")
        try project.run(.git, "tag", "plain@v9.0.0")
        // A file of Git; a version that was taken back, and a stage that was left, whose tags still count.
        try project.write("text", to: "docs/card.md")
        try project.commit("card")
        for tag in ["card@v1.0.0", "card@v1.0.0!#2", "card#dev#3", "card#dev!#4", "card#simple"] {
            try project.run(.git, "tag", "-a", tag, "-m", "card")
        }
        return project
    }

    @Test(arguments: [
        "net", "net --rev v1.0.0", "net --stage prod -o named", "models:deep",
        "models/dvc.yaml:deep --rev v1.9.0", "net --rev v7.0.0", "net --stage nosuch",
        "net --rev v1.0.0 --stage prod", "plain", "net --show-url", "models:net", "net -o there",
        "net -f -o there", "net --show-url --stage nosuch",
        "card", "card --rev v1.0.0 -o sub/new", "card --stage dev", "card --stage simple",
        "card -o .",
        "card --show-url", "net --remote nosuch", "net --rev 1.0.0", "models:deep -o out -j 2",
    ])
    func `the same files, words and exit codes`(arguments: String) throws {
        let registry = try Self.registry.get()
        let command =
            ["artifacts", "get", registry.root.string]
            + arguments.split(separator: " ").map(String.init)
        let outcomes = try [Tool.dvswift, .dvc].map { tool in
            let here = try TemporaryProject(madeBy: nil, git: false)
            try here.write("kept", to: "there")
            return (try here.attempt(tool, command), try here.tree())
        }
        #expect(outcomes[0].0.reason == outcomes[1].0.reason)
        #expect(outcomes[0].0.output == outcomes[1].0.output)
        #expect(outcomes[0].1.difference(from: outcomes[1].1) == nil)
    }
}
