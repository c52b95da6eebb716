import DVFormats
import DVHashing
import DVPipeline
import DVSystem

/// What some revision records of the output that a path is, or is in.
struct FoundRecord: Sendable {
    let record: ContentRecord
    /// From the root of the project.
    let output: RelativePath
    /// The way from the output to the path that was asked for.
    let inside: RelativePath
    /// The remote this output is bound to, if any.
    let remote: String?
}

/// Finds what revisions record of one path, in the few files that may: `NAME.dvc` of the path and of each folder above
/// it, and the `dvc.lock` of each folder above it.
///
/// Used by one thread. What was parsed last is kept, as revisions that follow each other share most of it.
final class RecordFinder {
    private let path: RelativePath
    private let root: AbsolutePath
    /// The pointer is the question itself.
    private let isPointer: Bool
    private(set) var pointers: [RelativePath]
    private(set) var pipelines: [RelativePath]
    private struct StageKey: Hashable {
        let file: RelativePath
        let name: String
    }

    private var stages: [StageKey: (text: ArraySlice<UInt8>, stage: LockedStage?)] = [:]
    private struct Parsed {
        let text: [UInt8]
        let variables: FileVariables
        let pipeline: PipelineFile?
    }

    private let place: ProjectPlace
    private let templates: TemplateReading
    private var parsed: [RelativePath: Parsed] = [:]

    /// `path` is an output, something in one, or a pointer file.
    init(_ path: RelativePath, in project: Project) {
        self.path = path
        root = project.root
        place = project.place
        templates = project.settings.templates
        isPointer = path.name.hasSuffix(StageFileReader.pointerSuffix)
        var paths: [RelativePath] = []
        var next = path
        while !next.isEmpty {
            paths.append(next)
            next = next.parent
        }
        pointers =
            isPointer
            ? [path]
            : paths.map { $0.parent.appending($0.name + StageFileReader.pointerSuffix) }
        pipelines =
            isPointer ? [] : paths.map { $0.parent.appending(StageFileReader.pipelineName) }
    }

    /// Looks into another stage file too.
    func include(_ file: RelativePath) {
        if file.name == StageFileReader.pipelineName {
            if !pipelines.contains(file) { pipelines.append(file) }
        } else if !pointers.contains(file) {
            pointers.append(file)
        }
    }

    /// The files whose content decides.
    var sources: [RelativePath] { pointers + pipelines + pipelines.map(Self.lock) }

    /// Throws `FormatError` for a pointer or lock file that cannot be read.
    func find(in files: any ProjectFiles) throws -> FoundRecord? {
        for file in pointers {
            if let text = try files.content(at: file), let found = try find(in: text, file) {
                return found
            }
        }
        for file in pipelines {
            guard let text = try files.content(at: Self.lock(file)) else { continue }
            var definitions: PipelineFile?
            if let text = try files.content(at: file) {
                definitions = try pipeline(text, file, in: files)
            }
            if let found = try find(in: text, beside: definitions, file) { return found }
        }
        return nil
    }

    private static func lock(_ pipeline: RelativePath) -> RelativePath {
        pipeline.parent.appending(StageFileReader.lockName)
    }

    private func find(in text: [UInt8], _ file: RelativePath) throws -> FoundRecord? {
        let pointer = try PointerFile(parsing: text, file: file.string)
        let folder = folder(pointer.workingDirectory, of: file)
        for output in pointer.outputs where output.options.isCached {
            let found = found(output.recorded, output.options, from: folder)
            if let found { return found }
        }
        return nil
    }

    private func find(
        in text: [UInt8],
        beside pipeline: PipelineFile?,
        _ file: RelativePath
    ) throws -> FoundRecord? {
        let lock = try LockFile(parsing: text, file: Self.lock(file).string)
        for name in names(in: lock, beside: pipeline, file) {
            guard let stage = try self.stage(name, in: lock, file) else { continue }
            let definition = pipeline?.stage(named: name)
            let folder = folder(pipeline?.workingDirectory(ofStage: name), of: file)
            for output in stage.outputs {
                let options = definition?.outputs.first { $0.path == output.path }?.options
                guard options?.isCached ?? true else { continue }
                let found = found(output, options ?? OutputOptions(), from: folder)
                if let found { return found }
            }
        }
        return nil
    }

    /// Parsed only if its text is not that of last time.
    private func stage(
        _ name: String,
        in lock: LockFile,
        _ file: RelativePath
    ) throws -> LockedStage? {
        guard let text = lock.text(ofStage: name) else { return nil }
        let key = StageKey(file: file, name: name)
        if let known = stages[key], known.text == text { return known.stage }
        let stage = try lock.stage(named: name)
        stages[key] = (text, stage)
        return stage
    }

    /// The stages that may write the path, likely ones first: YAML writes plain names as they are, others it may quote.
    private func names(
        in lock: LockFile,
        beside pipeline: PipelineFile?,
        _ file: RelativePath
    ) -> [String] {
        let components = path.components.map(Array.init)
        let isPlain = components.joined().allSatisfy {
            $0 > 0x2C && $0 < 0x7B && $0 != UInt8(ascii: "\\") || $0 > 0x7F
        }
        guard isPlain, var next = path.relative(to: file.parent) else { return lock.stageNames }
        var names: [String] = []
        while !next.isEmpty {
            names += lock.stageNames(containingAny: [next.bytes])
            next = next.parent
        }
        // Those that run elsewhere write their paths from there.
        names += lock.stageNames(containingAny: components).filter { name in
            guard let definition = pipeline?.stage(named: name) else { return true }
            return definition.workingDirectory != nil
        }
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }

    private func found(
        _ output: RecordedPath,
        _ options: OutputOptions,
        from folder: AbsolutePath
    ) -> FoundRecord? {
        let place = AbsolutePath(output.path, relativeTo: folder)
        guard let record = output.content, let relative = place.relative(to: root) else {
            return nil
        }
        let inside = isPointer ? .empty : path.relative(to: relative)
        guard let inside, inside.isEmpty || record.name.isListing else { return nil }
        return FoundRecord(
            record: record,
            output: relative,
            inside: inside,
            remote: options.remote
        )
    }

    private func folder(_ written: String?, of file: RelativePath) -> AbsolutePath {
        AbsolutePath(written ?? ".", relativeTo: root.appending(file).parent)
    }

    /// Nil for a file that cannot be read, and as written where its templates cannot: the lock file tells most without.
    private func pipeline(
        _ text: [UInt8],
        _ file: RelativePath,
        in files: any ProjectFiles
    ) throws -> PipelineFile? {
        if let known = parsed[file], known.text == text, try known.variables.isUnchanged(in: files)
        {
            return known.pipeline
        }
        let variables = FileVariables(beside: root.appending(file), in: files, at: place)
        let written = try? PipelineFile(parsing: text, file: file.string)
        let pipeline = written.map { (try? templates.resolve($0, with: variables)) ?? $0 }
        parsed[file] = Parsed(text: text, variables: variables, pipeline: pipeline)
        return pipeline
    }
}
