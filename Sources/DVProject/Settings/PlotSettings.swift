import DVFormats

/// The settings `plots.*`.
struct PlotSettings: Sendable {
    /// Where pages are written to, from the working directory.
    let outDirectory: String?
    /// A page with `{plot_divs}`, from the folder `.dvc`.
    let pageTemplate: String?
    let opensPages: Bool

    init(_ levels: ConfigLevels) throws(FormatError) {
        func key(_ option: String) -> ConfigKey { ConfigKey(.plain("plots"), option) }
        outDirectory = try levels.string(key("out_dir"))
        pageTemplate = try levels.string(key("html_template"))
        opensPages = try levels.bool(key("auto_open")) ?? false
    }
}
