import DVSystem
import Glibc

/// A shell-style pattern of paths, as `--glob` takes it.
struct PathPattern {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    /// The paths that match any of `patterns`, as a user in the working directory would write them.
    ///
    /// It is an error if nothing does; of single patterns it is told.
    static func matches(_ patterns: [String], in project: Project) throws -> [String] {
        var paths: [String] = []
        var unmatched: [String] = []
        for pattern in patterns {
            let found = try PathPattern(pattern).matches(in: project.workingDirectory)
            if found.isEmpty { unmatched.append(pattern) }
            paths += found
        }
        if paths.isEmpty, let first = unmatched.first { throw ProjectError.noMatch(pattern: first) }
        for pattern in unmatched {
            project.reporter.report(.warning("pattern '\(pattern)' matches nothing"))
        }
        return paths
    }

    /// The paths that match, sorted.
    private func matches(in directory: AbsolutePath) throws -> [String] {
        var result = glob_t()
        defer { globfree(&result) }
        let isAbsolute = text.hasPrefix("/")
        let pattern = isAbsolute ? text : directory.string + "/" + text
        guard glob(pattern, 0, nil, &result) == 0 else { return [] }
        return (0..<Int(result.gl_pathc)).compactMap { index in
            guard let path = result.gl_pathv[index] else { return nil }
            let found = String(cString: path)
            return isAbsolute ? found : String(found.dropFirst(directory.string.count + 1))
        }
    }
}
