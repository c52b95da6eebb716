import DVSystem
import Glibc

/// A shell-style pattern of paths, as `--glob` takes it.
struct PathPattern {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    /// The paths that match, sorted and as a user in `directory` would write them; a pattern that matches nothing is an error.
    func matches(in directory: AbsolutePath) throws -> [String] {
        var result = glob_t()
        defer { globfree(&result) }
        let isAbsolute = text.hasPrefix("/")
        let pattern = isAbsolute ? text : directory.string + "/" + text
        guard glob(pattern, 0, nil, &result) == 0 else { throw ProjectError.noMatch(pattern: text) }
        return (0..<Int(result.gl_pathc)).compactMap { index in
            guard let path = result.gl_pathv[index] else { return nil }
            let found = String(cString: path)
            return isAbsolute ? found : String(found.dropFirst(directory.string.count + 1))
        }
    }
}
