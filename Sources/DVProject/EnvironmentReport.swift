import DVSystem
import Glibc

/// What helps to understand a problem on another machine: platform, and the storage of the project here.
package struct EnvironmentReport {
    package let lines: [String]

    /// Outside projects only the platform is told.
    package init(in workingDirectory: AbsolutePath) throws {
        var lines = ["Platform: \(Self.platform())"]
        if let root = try Project.rootIfPresent(containing: workingDirectory) {
            let files = try SettingsFiles(
                dvcDirectory: root.appending(".dvc"),
                workingDirectory: workingDirectory,
                environment: ProcessEnvironment.current().variables
            )
            let settings = try ProjectSettings(files, root: root)
            lines.append("Project: \(root)")
            lines.append("Cache: \(settings.cacheDirectory)")
            lines.append(
                "Cache types: \(settings.store.linkTypes.map(\.rawValue).joined(separator: ", "))"
            )
            lines.append("Cache compression: \(settings.store.compression.rawValue)")
            lines.append("Default remote: \(settings.defaultRemote ?? "none")")
        }
        self.lines = lines
    }

    private static func platform() -> String {
        var name = utsname()
        guard uname(&name) == 0 else { return "Linux" }
        func text(_ field: some Any) -> String {
            withUnsafeBytes(of: field) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
        }
        return "\(text(name.sysname)) \(text(name.release)) \(text(name.machine))"
    }
}
