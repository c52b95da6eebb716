extension DirectoryListing {
    /// What makes a sorted listing unusable, in the order of paths: an unsafe path, one that is there twice, or one that
    /// is both a file and a folder.
    func firstProblem() -> String? {
        for index in ends.indices {
            let problem: String? = withPath(at: index) { path in
                Self.problem(withPath: path) ?? self.problem(withPath: path, after: index)
            }
            if let problem { return problem + ": '\(displayPath(at: index))'" }
        }
        return nil
    }

    /// What makes a path unsafe to create below a directory.
    ///
    /// DVC never lists a `.git` or a folder `.dvc`, at any depth; creating one would plant a repository or a project,
    /// with commands in its settings, in the user's data.
    private static func problem(withPath path: UnsafeRawBufferPointer) -> String? {
        if path.isEmpty { return "empty path" }
        var start = 0
        for index in 0...path.count {
            if index < path.count, path[index] != UInt8(ascii: "/") {
                if path[index] == 0 { return "path with a NUL byte" }
                continue
            }
            let component = UnsafeRawBufferPointer(rebasing: path[start..<index])
            if let problem = Self.problem(withComponent: component, isFolder: index < path.count) {
                return start == 0 && component.isEmpty ? "absolute path" : problem
            }
            start = index + 1
        }
        return nil
    }

    @inline(__always)
    private static func problem(
        withComponent name: UnsafeRawBufferPointer,
        isFolder: Bool
    ) -> String? {
        guard let first = name.first else { return "path with an empty component" }
        guard first == UInt8(ascii: "."), name.count <= 4 else { return nil }
        if name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) {
            return "path that leaves its folder"
        }
        if name.elementsEqual(".git".utf8) { return "path inside a Git folder" }
        if isFolder, name.elementsEqual(".dvc".utf8) { return "path inside a project folder" }
        return nil
    }

    /// Checks `path`, at `index`, against the paths before it.
    @inline(__always)
    private func problem(withPath path: UnsafeRawBufferPointer, after index: Int) -> String? {
        guard index > 0 else { return nil }
        let (shared, length) = withPath(at: index - 1) {
            (PythonText.commonPrefix($0, path), $0.count)
        }
        if shared == path.count, shared == length { return "path listed twice" }
        // Folders that the previous path shares were checked with it; of the others only the one where the two part can
        // have files between itself as a file and itself as a folder ("a", "a-1", "a/b").
        guard shared < path.count, path[shared] == UInt8(ascii: "/") else { return nil }
        let folder = UnsafeRawBufferPointer(rebasing: path[..<shared])
        let place = firstIndex(notBelow: folder, in: 0..<index)
        let isFile =
            place < index && withPath(at: place) { PythonText.compare($0, folder) } == 0
        return isFile ? "path below a path that is a file" : nil
    }

    private func displayPath(at index: Int) -> String {
        String(decoding: names[span(at: index)], as: UTF8.self)
    }
}
