import DVFormats
import DVPipeline
import DVSystem

/// Stage files as they were last read: revisions that follow each other share most of them.
///
/// Confined to one thread, and to one project.
final class StageFileMemory {
    /// A `dvc.yaml` with its templates resolved.
    struct Pipeline {
        let text: [UInt8]
        let variables: FileVariables
        let file: PipelineFile
        let stages: [Stage]
    }

    private var pipelines: [RelativePath: Pipeline] = [:]
    private var pointers: [RelativePath: StageFile] = [:]

    /// What `read` gives, unless the text and all files of variables are those of last time.
    func pipeline(
        _ text: [UInt8],
        at path: RelativePath,
        in files: any ProjectFiles,
        _ read: () throws -> Pipeline
    ) throws -> Pipeline {
        if let known = pipelines[path], known.text == text,
            try known.variables.isUnchanged(in: files)
        {
            return known
        }
        let pipeline = try read()
        pipelines[path] = pipeline
        return pipeline
    }

    /// What `read` gives, unless the text is that of last time.
    func pointer(
        _ text: [UInt8],
        at path: RelativePath,
        _ read: () throws -> StageFile
    ) rethrows -> StageFile {
        if let known = pointers[path], known.text == text { return known }
        let file = try read()
        pointers[path] = file
        return file
    }
}
