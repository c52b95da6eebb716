import DVFormats
import DVSystem
import Testing

extension ConfigLevels {
    /// Files of these texts, one folder for each level: `/p/project/.dvc/config`.
    init(texts: [(level: ConfigLevel, owner: ConfigOwner, text: String)]) throws {
        self.init(
            sources: try texts.map { level, owner, text in
                Source(
                    level: level,
                    owner: owner,
                    path: try #require(AbsolutePath("/p/\(level)/.dvc/config")),
                    file: try ConfigFile(parsing: Array(text.utf8), file: "\(level) config")
                )
            }
        )
    }
}
