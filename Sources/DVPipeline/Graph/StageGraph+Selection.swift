import DVFormats
import DVSystem
import Glibc

/// How targets are read.
package struct SelectionOptions: Hashable, Sendable {
    /// A target that is a folder stands for every stage inside it.
    package var isRecursive = false
    /// A name is a pattern with `*`, `?` and `[…]`.
    package var isGlob = false

    package init(isRecursive: Bool = false, isGlob: Bool = false) {
        self.isRecursive = isRecursive
        self.isGlob = isGlob
    }
}

extension StageGraph {
    /// The stages that `targets` name, without repetition; no targets mean the `dvc.yaml` in the user's directory.
    ///
    /// A file that exists without any stage gives nothing; DVC then takes every stage, and so may the caller.
    package func select(
        _ targets: [String],
        _ options: SelectionOptions = SelectionOptions(),
        at place: ProjectPlace
    ) throws -> [Int] {
        var seen: Set<Int> = []
        var selected: [Int] = []
        for target in targets.isEmpty ? [Stage.projectFileName] : targets {
            let found = try select(target, options, at: place)
            selected.append(contentsOf: found.filter { seen.insert($0).inserted })
        }
        return selected
    }

    private func select(
        _ text: String,
        _ options: SelectionOptions,
        at place: ProjectPlace
    ) throws -> [Int] {
        let path = AbsolutePath(text, relativeTo: place.workingDirectory)
        if options.isRecursive, try path.isDirectory() { return stagesInside(path) }
        let target = try StageTarget(text, isGlob: options.isGlob)
        let shown = target.file ?? Stage.projectFileName
        let file = AbsolutePath(shown, relativeTo: place.workingDirectory)
        guard try file.exists() else { throw SelectionError.fileNotFound(shown) }
        guard let name = target.name, !shown.hasSuffix(".dvc") else { return stages(in: file) }
        let group = stages.indices.filter { stages[$0].group == name && stages[$0].file == file }
        if !group.isEmpty { return group }
        if options.isGlob {
            let found = stages(in: file).filter { matches(name, stages[$0].name) }
            if !found.isEmpty { return found }
        }
        if let found = index(of: StageID(file: file, name: name)) { return [found] }
        throw SelectionError.stageNotFound(
            name: name,
            file: file.climbing(from: place.workingDirectory),
            nearest: Spelling.nearest(to: name, among: names(in: file))
        )
    }

    /// What a target may name in `file`: stages and groups.
    private func names(in file: AbsolutePath) -> Set<String> {
        Set(stages(in: file).flatMap { [stages[$0].name, stages[$0].group].compactMap(\.self) })
    }

    /// The stages that `file` defines, in their order.
    package func stages(in file: AbsolutePath) -> [Int] {
        stages.indices.filter { stages[$0].file == file }
    }

    /// The stages whose files are inside `folder`, needed ones first.
    package func stagesInside(_ folder: AbsolutePath) -> [Int] {
        withUpstream(Array(stages.indices)).filter {
            stages[$0].file != folder && stages[$0].file.hasPrefix(folder)
        }
    }

    private func matches(_ pattern: String, _ name: String?) -> Bool {
        guard let name else { return false }
        return fnmatch(pattern, name, FNM_NOESCAPE) == 0
    }
}

extension AbsolutePath {
    fileprivate func isDirectory() throws(SystemError) -> Bool {
        guard try exists() else { return false }
        return try FileStatus.following(self).isDirectory
    }
}
