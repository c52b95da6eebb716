import DVFormats
import DVGit
import DVPipeline
import DVSystem
import DVWorkspace
import Glibc
import SystemPackage

/// Finds the stage files of a project, reading each as it is found so that the folders of outputs are never entered.
struct StageFileWalk {
    private let project: Project
    private let reader: StageFileReader
    private let git: GitRepository?
    private let onUnreadable: ((AbsolutePath, any Error) -> Void)?

    /// With `onUnreadable`, stage files that cannot be used are told and left out; without it they are errors.
    init(_ project: Project, onUnreadable: ((AbsolutePath, any Error) -> Void)? = nil) throws {
        self.project = project
        self.onUnreadable = onUnreadable
        reader = StageFileReader(place: project.place)
        git = try project.openGit()
    }

    /// Sorted by path, a folder's own files before those of its sub-folders.
    func files() throws -> [StageFile] {
        var found: [StageFile] = []
        var outputs: Set<AbsolutePath> = []
        try visit(.empty, &found, &outputs)
        return found
    }

    private func visit(
        _ folder: RelativePath,
        _ found: inout [StageFile],
        _ outputs: inout Set<AbsolutePath>
    ) throws {
        try Interruption.check()
        let listing = try list(folder)
        for name in listing.stageFiles {
            let path = folder.appending(name)
            guard try !isIgnored(path, isDirectory: false) else { continue }
            guard let file = try read(project.root.appending(path)) else { continue }
            outputs.formUnion(file.stages.flatMap(\.outputs).map(\.path))
            found.append(file)
        }
        for name in listing.folders {
            let path = folder.appending(name)
            let isEntered =
                try !outputs.contains(project.root.appending(path))
                && !isIgnored(path, isDirectory: true)
                && !isProject(path)
            if isEntered { try visit(path, &found, &outputs) }
        }
    }

    private func read(_ path: AbsolutePath) throws -> StageFile? {
        do {
            return try reader.read(path)
        } catch {
            guard let onUnreadable else { throw error }
            onUnreadable(path, error)
            return nil
        }
    }

    private func list(_ folder: RelativePath) throws -> (stageFiles: [String], folders: [String]) {
        var stageFiles: [String] = []
        var folders: [String] = []
        let path = project.root.appending(folder)
        let directory = try OpenFile.open(path, O_RDONLY | O_DIRECTORY)
        try directory.forEachEntry { bytes, kind in
            if kind == .directory || kind == .unknown {
                folders.append(String(decoding: bytes, as: UTF8.self))
            }
            if kind != .directory {
                let name = String(decoding: bytes, as: UTF8.self)
                if StageFileReader.isStageFileName(name) { stageFiles.append(name) }
            }
        }
        return (stageFiles.sorted(), folders.sorted())
    }

    private func isIgnored(_ path: RelativePath, isDirectory: Bool) throws -> Bool {
        if try project.ignoring.isIgnored(path, isDirectory: isDirectory) { return true }
        guard let git else { return false }
        return try git.isIgnored(project.root.appending(path), isDirectory: isDirectory)
    }

    /// A nested project looks after its own stages.
    private func isProject(_ folder: RelativePath) throws -> Bool {
        try FileStatus.ifPresent(project.root.appending(folder).appending(".dvc")) != nil
    }
}
