import ArgumentParser
import DVFormats
import DVPipeline
import DVProject
import DVReporting
import DVSystem
import Glibc

extension CompletionKind {
    /// Names of remotes.
    static let remotes = CompletionKind.custom { _, _, _ in Suggestions.remotes() }

    /// Options of remotes of any kind.
    static let remoteSettings = CompletionKind.list(ConfigSchema.remoteOptions)

    /// What commands on tracked data take: outputs, `.dvc` files and stages, and files below the folder typed so far.
    static let targets = CompletionKind.custom { _, _, prefix in
        let names = Suggestions.outputs() + Suggestions.stages() + Suggestions.files(at: prefix)
        return Set(names).sorted()
    }

    /// What commands on pipelines take.
    static let stages = CompletionKind.custom { _, _, prefix in
        Set(Suggestions.stages() + Suggestions.files(at: prefix)).sorted()
    }
}

/// Words that shells offer, from the project in the working directory; none where it cannot be read, as there is nobody to
/// tell.
private enum Suggestions {
    static func remotes() -> [String] {
        let found = try? SettingsEditor(workingDirectory: .workingDirectory()).remotes(level: nil)
        return found?.map(\.name) ?? []
    }

    /// Stages, and the groups that they were generated from.
    static func stages() -> [String] {
        allStages().flatMap { [$0.address, $0.groupAddress].compactMap(\.self) }
    }

    static func outputs() -> [String] {
        allStages().flatMap(\.outputs).filter(\.options.isCached).map(\.display)
    }

    /// The entries of the folder that `prefix` names, those that are hidden only if it starts with a dot.
    static func files(at prefix: String) -> [String] {
        let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
        let start = prefix.dropFirst(folder.count)
        var names: [String] = []
        try? AbsolutePath(folder.isEmpty ? "." : folder, relativeTo: .workingDirectory())
            .forEachName { name, isFolder in
                let isShown = name.hasPrefix(start) && (!name.hasPrefix(".") || !start.isEmpty)
                if isShown { names.append(folder + name + (isFolder ? "/" : "")) }
            }
        return names.sorted()
    }

    private static func allStages() -> [Stage] {
        let list = ListStagesOperation(targets: nil, isRecursive: false, isStrict: false)
        let project = try? Project.open(from: .workingDirectory(), reporter: SilentReporter())
        return project.flatMap { try? list.run(in: $0) } ?? []
    }
}

extension AbsolutePath {
    fileprivate func forEachName(_ body: (String, Bool) -> Void) throws {
        try OpenFile.open(self, O_RDONLY | O_DIRECTORY).forEachEntry { bytes, kind in
            body(String(decoding: bytes, as: UTF8.self), kind == .directory)
        }
    }
}
