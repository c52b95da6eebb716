import ArgumentParser

/// `-o`.
struct OutOption: ParsableArguments {
    @Option(
        name: .withValue("o", long: "out"),
        help: ArgumentHelp(
            "Where to put the data: a new name, or a directory to put it in.",
            valueName: "path"
        ),
        completion: .file()
    )
    var name: String?
}

/// Where `get` and `artifacts get` put what they get, or that they only tell where it is.
struct GetTargetOptions: ParsableArguments {
    @OptionGroup var place: OutOption

    @Flag(
        name: .customLong("show-url"),
        help: "Only print where the data is kept: the path or address of its object."
    )
    var isShowingURL = false

    var out: String? { place.name }

    /// `--show-url` has codes of its own.
    func failure(toGet what: String, from url: String) -> FailureReport {
        FailureReport(
            prefix: isShowingURL ? nil : "failed to get '\(what)' from '\(url)'",
            status: isShowingURL ? .other : .failure,
            remoteStatus: isShowingURL ? .configuration : nil
        )
    }
}
