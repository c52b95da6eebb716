import DVSystem

/// The pattern that decided about a path.
package struct IgnoreMatch: Hashable, Sendable {
    /// The ignore file, empty for the patterns that always apply.
    package let file: String
    package let line: Int
    package let pattern: String
    /// Whether the pattern keeps what it matches.
    package let isNegated: Bool
}

/// What DVC leaves out of the workspace at one place: its own patterns and those of every `.dvcignore` above.
///
/// An immutable value: entering a folder with an ignore file makes a new one, leaving it drops that. Cheap to copy.
package struct IgnoreRules: Sendable {
    private struct Level: Sendable {
        let file: String
        /// Bytes of a path to skip to name it from the folder of the file.
        let prefixLength: Int
        /// The folder with its slash, for the checks of whole paths.
        let prefix: [UInt8]
        let patterns: [IgnorePattern]
    }

    /// From the project's root downwards.
    private var levels: [Level]

    /// The rules without any `.dvcignore`.
    package init() {
        levels = []
        do throws(FormatError) {
            let defaults = IgnoreFile(defaults: [".hg/", ".git/", ".git", ".dvc/"])
            levels = try [
                Level(
                    file: "",
                    prefixLength: 0,
                    prefix: [],
                    patterns: defaults.patterns(isRoot: true)
                )
            ]
        } catch {
            assertionFailure("the default patterns are well formed")
        }
    }

    /// These rules and those of `file`, which lies in `folder` (empty for the project's root).
    package func adding(_ file: IgnoreFile, in folder: RelativePath) throws(FormatError)
        -> IgnoreRules
    {
        let prefix = folder.isEmpty ? [] : folder.bytes + [UInt8(ascii: "/")]
        var rules = self
        rules.levels.append(
            Level(
                file: file.file,
                prefixLength: prefix.count,
                prefix: prefix,
                patterns: try file.patterns(isRoot: folder.isEmpty)
            )
        )
        return rules
    }

    /// Whether a path is left out, given that the folders above it are not.
    ///
    /// For walks: `path` is named from the project's root and lies below the folders of all ignore files added. Allocates
    /// nothing.
    package func isIgnored(_ path: UnsafeRawBufferPointer, isDirectory: Bool) -> Bool {
        for level in levels.reversed() where level.prefixLength < path.count {
            let rest = UnsafeRawBufferPointer(rebasing: path[level.prefixLength...])
            for pattern in level.patterns.reversed()
            where pattern.matches(rest, isFolder: isDirectory) {
                return !pattern.isNegated
            }
        }
        return false
    }

    /// Whether a path, or a folder above it, is left out.
    package func isIgnored(_ path: RelativePath, isDirectory: Bool) -> Bool {
        match(path, isDirectory: isDirectory).map { !$0.isNegated } ?? false
    }

    /// The pattern that decides about a path: the one that leaves out the highest folder above it, or the last that matches
    /// it; nil if none does.
    package func match(_ path: RelativePath, isDirectory: Bool) -> IgnoreMatch? {
        path.bytes.withUnsafeBytes { bytes in
            var end = 0
            while end < bytes.count {
                end = bytes[(end + 1)...].firstIndex(of: UInt8(ascii: "/")) ?? bytes.count
                let isLast = end == bytes.count
                let found = deciding(bytes[..<end], isFolder: isDirectory || !isLast)
                if let found, isLast || !found.isNegated { return found }
            }
            return nil
        }
    }

    private func deciding(
        _ path: Slice<UnsafeRawBufferPointer>,
        isFolder: Bool
    ) -> IgnoreMatch? {
        for level in levels.reversed() where path.starts(with: level.prefix) {
            let rest = UnsafeRawBufferPointer(rebasing: path.dropFirst(level.prefixLength))
            guard !rest.isEmpty else { continue }
            if let found = level.patterns.last(where: { $0.matches(rest, isFolder: isFolder) }) {
                return IgnoreMatch(
                    file: level.file,
                    line: found.line,
                    pattern: found.text,
                    isNegated: found.isNegated
                )
            }
        }
        return nil
    }
}
