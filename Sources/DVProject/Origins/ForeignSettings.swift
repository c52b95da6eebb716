import DVFormats
import DVReporting

/// Settings that others wrote, of another repository or in a pointer: they may say where data is, and never run a program.
struct ForeignSettings {
    private let reporter: any Reporter

    init(_ reporter: any Reporter) { self.reporter = reporter }

    /// The same without what runs a program, each of which is told.
    func withoutCommands(_ sources: [ConfigLevels.Source]) -> [ConfigLevels.Source] {
        sources.map { source in
            var source = source
            for section in source.file.sections {
                for option in source.file.options(in: section) {
                    let key = ConfigKey(section, option)
                    guard let value = source.file[key], runsProgram(option, value.text, key, source)
                    else { continue }
                    // A file may say it more than once.
                    while source.file.unset(key) {}
                    report(option, of: source)
                }
            }
            return source
        }
    }

    private func runsProgram(
        _ option: String,
        _ value: String,
        _ key: ConfigKey,
        _ source: ConfigLevels.Source
    ) -> Bool {
        switch option.lowercased() {
        case "bearer_token_command": return true
        // Files of AWS may name programs that give credentials; those of Google Cloud may not.
        case "configpath": return true
        case "credentialpath":
            let url = source.file[ConfigKey(key.section, "url")]?.text
            return url?.hasPrefix("gs://") != true
        // A remote that is made up in the address takes options of rclone, some of which are command lines.
        case "url":
            guard value.hasPrefix("rclone:") else { return false }
            let remote = value.dropFirst("rclone:".count)
            return remote.hasPrefix(":") || remote.prefix { $0 != ":" }.contains(",")
        default: return false
        }
    }

    private func report(_ option: String, of source: ConfigLevels.Source) {
        reporter.report(
            .warning(
                "\(source.path): '\(option)' may run a program and is left out, as another repository sets it. To have it, set it in your own settings: dvswift config --global"
            )
        )
    }
}
