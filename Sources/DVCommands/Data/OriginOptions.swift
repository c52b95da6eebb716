import ArgumentParser
import DVProject

/// What `get` and `import` say about the other repository.
struct OriginOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "The repository: a folder, or an address that Git can clone (https://, ssh://, user@host:path, file://)."
        ),
        completion: .directory
    )
    var url: String

    @Argument(help: "Path of a file or directory in the repository.")
    var path: String

    @OptionGroup var settings: OriginSettingOptions

    var request: OriginRequest { settings.request(url: url, path: path) }
}

/// Which revision of another repository counts, and with which settings.
struct OriginSettingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Branch, tag or commit of the repository; by default what is there now: the default branch, or for ls and du of a directory its workspace.",
            valueName: "commit"
        )
    )
    var rev: String?

    @OptionGroup var repository: RepositorySettingOptions

    func request(url: String, path: String = "") -> OriginRequest {
        var request = OriginRequest(url: url, path: path)
        request.revision = rev
        repository.apply(to: &request)
        return request
    }
}

/// The settings of another repository.
struct RepositorySettingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Configuration file to merge with the settings of the repository.",
            valueName: "file"
        ),
        completion: .file()
    )
    var config: String?

    @Option(
        help: ArgumentHelp(
            "Remote of the repository to take data from, instead of its default one.",
            valueName: "name"
        )
    )
    var remote: String?

    @Option(
        name: .customLong("remote-config"),
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Options to merge with those of the repository's remote.",
            valueName: "name>=<value"
        )
    )
    var remoteConfig: [String] = []

    func validate() throws {
        for option in remoteConfig where !option.contains("=") {
            throw ValidationError(
                "argument --remote-config: Could not parse argument '\(option)' as k1=v1"
            )
        }
    }

    func apply(to request: inout OriginRequest) {
        request.configuration = config
        request.remote = remote
        request.remoteOptions = remoteConfig.map { option in
            let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
    }
}
