/// What to tell of a dependency that is not there and looks like a pattern of file names.
///
/// A pattern has no meaning in `deps`: DVC takes it for a name, and would find a stage up to date that is not.
package enum WildcardAdvice {
    /// Nil for a path without wildcards.
    package static func text(for path: String) -> String? {
        guard path.contains(where: { "*?[".contains($0) }) else { return nil }
        return
            "'\(path)' is the name of one file, as for DVC: dependencies have no wildcards. Depend on the directory, "
            + "or on a file that another stage writes of what matches: dvswift help stage add"
    }
}
