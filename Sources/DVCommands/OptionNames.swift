import ArgumentParser

extension NameSpecification {
    /// The forms in which DVC takes an option with a value: `-n value`, `-nvalue`, `--name value`, `--name=value`.
    static func withValue(_ letter: Character, long: String? = nil) -> NameSpecification {
        [.customShort(letter, allowingJoined: true), long.map { .customLong($0) } ?? .long]
    }
}
