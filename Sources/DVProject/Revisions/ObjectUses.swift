import DVFormats
import DVGit
import DVHashing
import DVObjects
import DVSystem

/// Which outputs of revisions use one object; folders and files that revisions share are read once.
///
/// Confined to one thread.
final class ObjectUses {
    /// A use in a folder, wherever the folder is.
    private struct Use {
        /// The folder of the stage file, from that folder.
        var folder: RelativePath
        /// From there, as written.
        let output: String
        /// The way from the output to the file that uses the object.
        let member: RelativePath
    }

    private let object: ObjectName
    private let project: Project
    private let git: GitRepository
    private let digits: [UInt8]
    private var folders: [GitObjectID: [Use]] = [:]
    private var files: [[GitObjectID]: [Use]] = [:]
    private var members: [ObjectName: [RelativePath]] = [:]

    init(of object: ObjectName, in history: ProjectHistory, _ project: Project) {
        self.object = object
        self.project = project
        git = history.git
        digits = Array(object.digest.hex.utf8)
    }

    /// The paths that use the object in a folder of a revision that is the root of the project, sorted.
    func paths(in folder: GitObjectID) throws -> [AbsolutePath] {
        let paths = try uses(in: folder).map { use in
            AbsolutePath(use.output, relativeTo: project.root.appending(use.folder))
                .appending(use.member)
        }
        return Set(paths).sorted()
    }

    private func uses(in folder: GitObjectID) throws -> [Use] {
        if let known = folders[folder] { return known }
        let entries = try git.entries(ofTree: folder)
        var uses: [Use] = []
        for entry in entries {
            let name = String(decoding: entry.name, as: UTF8.self)
            switch entry.kind {
            case .folder:
                uses += try self.uses(in: entry.id).map { use in
                    var use = use
                    use.folder = RelativePath.empty.appending(name).appending(use.folder)
                    return use
                }
            case .file where name == StageFileReader.lockName:
                let pipeline = entries.first { $0.name.elementsEqual("dvc.yaml".utf8) }
                uses += try self.uses(inLock: entry.id, beside: pipeline?.id, in: folder)
            case .file where name.hasSuffix(StageFileReader.pointerSuffix):
                uses += try self.uses(inPointer: entry.id, name)
            default: break
            }
        }
        folders[folder] = uses
        return uses
    }

    private func uses(inPointer blob: GitObjectID, _ name: String) throws -> [Use] {
        if let known = files[[blob]] { return known }
        var uses: [Use] = []
        let text = try git.content(ofBlob: blob)
        // A pointer that cannot be read names nothing.
        if mayUse(text), let pointer = try? PointerFile(parsing: text, file: name) {
            uses = try pointer.outputs.flatMap {
                try self.uses($0.recorded, from: pointer.workingDirectory)
            }
        }
        files[[blob]] = uses
        return uses
    }

    private func uses(
        inLock blob: GitObjectID,
        beside pipeline: GitObjectID?,
        in folder: GitObjectID
    ) throws -> [Use] {
        let key = [blob] + (pipeline.map { [$0] } ?? [])
        if let known = files[key] { return known }
        let text = try git.content(ofBlob: blob)
        var uses: [Use] = []
        var isTemplated = false
        if mayUse(text), let lock = try? LockFile(parsing: text, file: StageFileReader.lockName) {
            let definitions = try pipeline.flatMap { try self.pipeline($0, in: folder) }
            isTemplated = definitions?.isTemplated ?? false
            for name in lock.stageNames {
                let folder = definitions?.workingDirectory(ofStage: name)
                let outputs = (try? lock.stage(named: name))?.outputs ?? []
                uses += try outputs.flatMap { try self.uses($0, from: folder) }
            }
        }
        // What a template says depends on other files too.
        if !isTemplated { files[key] = uses }
        return uses
    }

    /// As written where its templates cannot be resolved; nil for a file that cannot be read.
    private func pipeline(_ blob: GitObjectID, in folder: GitObjectID) throws -> PipelineFile? {
        let text = try git.content(ofBlob: blob)
        let written = try? PipelineFile(parsing: text, file: StageFileReader.pipelineName)
        return written.map { written in
            (try? written.resolved(reading: FolderVariables(of: folder, in: git))) ?? written
        }
    }

    /// Whether a stage file names the object, or a directory that may hold it.
    private func mayUse(_ text: [UInt8]) -> Bool {
        digits.occurs(in: text) || !object.isListing && Array(".dir".utf8).occurs(in: text)
    }

    private func uses(_ output: RecordedPath, from folder: String?) throws -> [Use] {
        guard let record = output.content else { return [] }
        let path = folder.map { "\($0)/\(output.path)" } ?? output.path
        let written = output.path.hasPrefix("/") ? output.path : path
        if record.name.digest == object.digest {
            return [Use(folder: .empty, output: written, member: .empty)]
        }
        guard record.name.isListing, !object.isListing else { return [] }
        return try members(of: record).map { Use(folder: .empty, output: written, member: $0) }
    }

    /// The files of a directory that have the content; none if the cache does not have the listing.
    private func members(of record: ContentRecord) throws -> [RelativePath] {
        if let known = members[record.name] { return known }
        var found: [RelativePath] = []
        do {
            let bytes = try project.cache(for: record.scheme).bytes(of: record.name)
            if digits.occurs(in: bytes) {
                let listing = try DirectoryListing(parsing: bytes, file: record.name.text)
                found = listing.filter { $0.digest == object.digest }.map(\.path)
            }
        } catch ObjectError.missing {}
        members[record.name] = found
        return found
    }
}
