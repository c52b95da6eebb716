import DVSystem
import DVTestSupport
import Testing

/// Every option that DVC's help shows is one of ours, of the commands that we have.
@Suite struct FlagTests {
    @Test func `options of DVC are accepted`() throws {
        let project = try TemporaryProject(madeBy: nil, git: false)
        try project.write(try project.run(.dvswift, "--experimental-dump-help"), to: "ours.json")
        let dvc = AbsolutePath(try Tool.dvc.program, relativeTo: project.root)
        let python = dvc.parent.appending("python").string
        let result = try project.attempt([python, "-c", Self.script]).checkingSuccess()
        #expect(result.output == "")
    }

    /// Prints `command --option` for each that ours lacks; options without help text are DVC's own tools for developers.
    private static let script = """
        import argparse, json
        from dvc.cli.parser import get_main_parser

        ours = {}

        def read(command, path):
            names = [n for a in command.get("arguments", []) for n in a.get("names", [])]
            prefix = {"short": "-", "long": "--", "longWithSingleDash": "-"}
            ours[path] = {prefix[n["kind"]] + n["name"] for n in names}
            for inner in command.get("subcommands", []):
                for name in [inner["commandName"]] + inner.get("aliases", []):
                    read(inner, (path + " " + name).strip())

        read(json.load(open("ours.json"))["command"], "")

        def compare(parser, path):
            for action in parser._actions:
                if isinstance(action, argparse._SubParsersAction):
                    for name, inner in action.choices.items():
                        compare(inner, (path + " " + name).strip())
                elif path in ours and action.help != argparse.SUPPRESS:
                    options = action.option_strings
                    # Taken before any command, or behind a group of commands, where the dump does not list them.
                    known = {"-h", "--help", "-V", "--version", "--wait-for-lock"}
                    if any(isinstance(a, argparse._SubParsersAction) for a in parser._actions):
                        known |= {"-q", "--quiet", "-v", "--verbose"}
                    if options and not set(options) <= ours[path] | known:
                        print(path, options[-1])

        compare(get_main_parser(), "")
        """
}
