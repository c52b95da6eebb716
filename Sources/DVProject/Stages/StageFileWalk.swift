import DVFormats
import DVPipeline
import DVSystem
import DVWorkspace

/// Finds the stage files of a project, reading each as it is found so that the folders of outputs are never entered.
struct StageFileWalk {
    private let files: any ProjectFiles
    private let ignoring: IgnoreFiles
    private let reader: StageFileReader
    private let onUnreadable: ((AbsolutePath, any Error) -> Void)?
    private let onClosedFolder: ((AbsolutePath) -> Void)?

    /// With `onUnreadable`, stage files that cannot be used are told and left out; without it they are errors.
    ///
    /// So are, with `onClosedFolder`, folders that this user may not read.
    init(
        _ files: any ProjectFiles,
        ignoring: IgnoreFiles,
        at place: ProjectPlace,
        templates: TemplateReading,
        memory: StageFileMemory = StageFileMemory(),
        onUnreadable: ((AbsolutePath, any Error) -> Void)? = nil,
        onClosedFolder: ((AbsolutePath) -> Void)? = nil
    ) {
        self.files = files
        self.ignoring = ignoring
        self.onUnreadable = onUnreadable
        self.onClosedFolder = onClosedFolder
        reader = StageFileReader(
            files: files,
            place: place,
            templates: templates,
            memory: memory
        )
    }

    /// Sorted by path, a folder's own files before those of its sub-folders.
    func stageFiles() throws -> [StageFile] {
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
        guard let entries = try entries(in: folder) else { return }
        // A nested project looks after its own stages.
        if !folder.isEmpty, entries.contains(where: { $0.name == ".dvc" }) { return }
        for entry in entries where !entry.isFolder && StageFileReader.isStageFileName(entry.name) {
            let path = folder.appending(entry.name)
            guard try !isIgnored(path, isDirectory: false), let file = try read(path) else {
                continue
            }
            outputs.formUnion(file.stages.flatMap(\.outputs).map(\.path))
            found.append(file)
        }
        for entry in entries where entry.isFolder {
            let path = folder.appending(entry.name)
            let isEntered =
                try !outputs.contains(reader.place.root.appending(path))
                && !isIgnored(path, isDirectory: true)
            if isEntered { try visit(path, &found, &outputs) }
        }
    }

    /// Nil for a folder that is closed to this user.
    private func entries(in folder: RelativePath) throws -> [ProjectFileEntry]? {
        do {
            return try files.entries(in: folder)
        } catch let error as SystemError where error.code == .permissionDenied {
            guard let onClosedFolder, !folder.isEmpty else { throw error }
            onClosedFolder(reader.place.root.appending(folder))
            return nil
        }
    }

    private func read(_ path: RelativePath) throws -> StageFile? {
        do {
            guard let file = try reader.read(path) else { return nil }
            let check = OutputCheck(ignoring: ignoring, place: reader.place)
            for stage in file.stages { try check.check(stage) }
            return file
        } catch {
            guard let onUnreadable else { throw error }
            onUnreadable(reader.place.root.appending(path), error)
            return nil
        }
    }

    private func isIgnored(_ path: RelativePath, isDirectory: Bool) throws -> Bool {
        try ignoring.isIgnored(path, isDirectory: isDirectory)
            || files.isIgnoredByGit(path, isDirectory: isDirectory)
    }
}
