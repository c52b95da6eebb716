import DVFormats
import DVGit
import DVPipeline
import DVSystem

/// Which revision of an artifact is wanted.
package enum ArtifactChoice: Hashable, Sendable {
    /// The greatest version.
    case newest
    case version(String)
    /// What is in a stage: `prod`.
    case stage(String)
}

/// Copies an artifact of another repository here, at a revision that Git tags name.
package struct GetArtifactOperation {
    private let request: OriginRequest
    private let name: String
    private let choice: ArtifactChoice
    private let out: String?
    private let isForced: Bool

    /// `request` without path and revision.
    package init(
        _ request: OriginRequest,
        name: String,
        _ choice: ArtifactChoice,
        out: String? = nil,
        isForced: Bool = false
    ) {
        self.request = request
        self.name = name
        self.choice = choice
        self.out = out
        self.isForced = isForced
    }

    /// Throws `OriginError.artifactNotFound`.
    package func run(in context: OriginContext) throws -> GetReport {
        try GetOperation(resolved(in: context), out: out, isForced: isForced).run(in: context)
    }

    /// Where its data is kept.
    package func location(in context: OriginContext) throws -> String {
        try GetOperation(resolved(in: context)).location(in: context)
    }

    private func resolved(in context: OriginContext) throws -> OriginRequest {
        guard let artifact = ArtifactName(name) else { throw notFound }
        let now = try OriginRepository(request.repository, in: context)
        var request = request
        request.revision = try commit(of: artifact, in: now.git).id.hex
        request.path = try path(
            of: artifact,
            in: try OriginRepository(request.repository, in: context)
        )
        return request
    }

    private var notFound: OriginError { .artifactNotFound(name, choice) }

    private func commit(of artifact: ArtifactName, in git: GitRepository) throws -> GitCommit {
        let tags = try git.annotatedTags().compactMap { tag in
            ArtifactTag(tag.name).map { (meaning: $0, tag) }
        }
        .filter { $0.meaning.artifact == artifact.tagged && matches($0.meaning) }
        .sorted { $0.1.time < $1.1.time }
        guard let last = tags.last else { throw notFound }
        guard case .newest = choice else { return last.1.commit }
        let versions = tags.compactMap { entry in
            entry.meaning.version.flatMap(SemanticVersion.init).map { (version: $0, entry.1) }
        }
        return (versions.max { $0.version < $1.version }?.1 ?? last.1).commit
    }

    private func matches(_ tag: ArtifactTag) -> Bool {
        switch choice {
        case .newest: true
        case .version(let version): tag.version == version
        case .stage(let stage): tag.stage == stage
        }
    }

    /// Its path as `get` takes it: from the project that the user named.
    private func path(of artifact: ArtifactName, in repository: OriginRepository) throws -> String {
        guard let folder = RelativePath(artifact.folder),
            let project = try repository.project(containing: folder),
            let path = project.collection.artifactPath(
                artifact.name,
                in: repository.place(folder.appending(StageFileReader.pipelineName))
            )
        else { throw notFound }
        let base = repository.place(repository.base)
        guard let relative = path.relative(to: base) else {
            throw OriginError.foreignPath(path.string, url: request.url)
        }
        return relative.string
    }
}

extension StageCollection {
    /// The path of an artifact that a `dvc.yaml` names; nil if it names none so.
    fileprivate func artifactPath(_ name: String, in file: AbsolutePath) -> AbsolutePath? {
        guard case .pipeline(let pipeline, _)? = files[file]?.content,
            case .mapping(let artifacts)? = pipeline.topLevel.first(where: { $0.key == "artifacts" }
            )?
            .value,
            case .mapping(let fields)? = artifacts.first(where: { $0.key == name })?.value,
            case .string(let path)? = fields.first(where: { $0.key == "path" })?.value
        else { return nil }
        return AbsolutePath(path, relativeTo: file.parent)
    }
}
