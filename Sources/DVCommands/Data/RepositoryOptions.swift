import ArgumentParser
import DVProject

/// What `ls` and `du` look at.
struct RepositoryOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "A project or any Git repository: a directory of this machine (. is this one), or an address that Git can clone.",
            valueName: "url"
        ),
        completion: .directory
    )
    var url: String

    @Argument(help: "A path in it; everything by default.", completion: .directory)
    var path: String?

    @OptionGroup var settings: OriginSettingOptions

    func open(in session: Session) throws -> BrowsedRepository {
        try BrowsedRepository(settings.request(url: url), in: session.originContext(jobs: nil))
    }
}
