import DVFormats
import DVHashing
import DVObjects
import DVSystem

/// Why an operation on a project cannot be done.
///
/// Cases carry data; the words are the command line's.
package enum ProjectError: Error, Sendable {
    /// No `.dvc` folder at `directory` or above.
    case notAProject(directory: AbsolutePath)
    /// A folder that should be in another project is not there.
    case projectMissing(String)
    case configuration(FormatError)
    /// A settings command that makes no sense: a remote that is not there, for example.
    case invalidSetting(String)
    case noRemote(root: AbsolutePath)
    case unknownRemote(name: String, known: [String])
    /// The scheme of a URL that this version does not speak.
    case unsupportedScheme(url: String, scheme: String)
    case versions(VersionedRemoteProblem)
    case invalidLayout(remote: String, value: String)

    // init
    case alreadyAProject(dvcDirectory: AbsolutePath)
    case noGitRepository(directory: AbsolutePath)
    case isIgnoredByGit(dvcDirectory: AbsolutePath)
    case subdirectoryWithoutGit

    // revisions
    case unknownRevision(String)
    /// Experiments of several commits have that name.
    case ambiguousRevision(String, baselines: [String])
    /// The project is not in a Git repository.
    case noHistory(root: AbsolutePath)

    // targets
    case noMatch(pattern: String)
    case noStageFile(String)
    case noStage(name: String, file: String)
    case noOutputOrStage(target: String, file: String, isFileMissing: Bool)
    case badStageFileName(String)
    case notAStageFile(String, suggestion: String?)
    case ignoredStageFile(String)

    /// A path of a comparison that neither side tracks.
    case targetMissing(String)
    /// A path of a list that is not there.
    case pathMissing(String)

    /// Nothing at `path` in the recorded directory `output`.
    case notInListing(path: AbsolutePath, output: AbsolutePath)

    // add
    case outputMissing(String)
    case outputOutsideProject(AbsolutePath)
    case outputOverlapsStage(output: String, stage: String, file: String)
    /// Either is inside of the other; `pointer` tracks the one that is there.
    case outputsOverlap(new: String, tracked: String, pointer: String)
    case trackedByGit(String)
    /// A submodule of the Git repository holds the output.
    case inSubmodule(String, AbsolutePath)
    case ignoredByRules(String)
    case destinationExists(String)
    /// The project itself, or a folder that holds it.
    case isProjectFile(String)

    // parts of directories
    /// A path inside of what is recorded as a file.
    case trackedAsFile(String)
    /// A directory that DVC 2 recorded: its entries cannot change one by one.
    case legacyDirectory(String)

    // outputs
    /// `dvc.yaml`, `dvc.lock`, or a name that ends with `.dvc`.
    case outputIsProjectFile(String)
    /// Empty, with NUL, or the address of something that is not a file.
    case outputIsNoPath(String, stage: String)
    /// Its folder is in one of Git or DVC, seen through symbolic links.
    case outputBehindLink(String, String)

    // stages
    case dependencyMissing(String)
    /// A stage runs inside a command that uses the same paths, and would wait for it forever.
    case stageBusy(path: String, process: Int32, command: String)
    case stageExists(name: String, file: String)
    case invalidStageName(String)
    case commandMissing
    /// A stage whose text stands for several, or holds references: what is to be changed cannot be told.
    case parametrizedStage(String, file: String, isRemoval: Bool)
    case stageDirectory(AbsolutePath, StageDirectoryProblem)

    // commit
    case changesNotConfirmed(stage: String)

    // checkout
    case unsavedFiles([AbsolutePath])
    case checkoutFailed([String])

    // cache
    /// Files of the workspace are links of this type to plain objects.
    case linksNeedPlainObjects(LinkType)
    /// The paths whose objects the remote does not have, or not intact.
    case notInRemote([String])

    // gc
    /// Directories whose listings neither cache nor remote have: what they need is not known.
    case listingsUnknown([String])

    // transfers
    case transferFailed(Transfer, [TransferProblem])

    package enum Transfer: Sendable {
        case upload, download
    }
}

/// Why commands of a stage cannot run in a directory.
package enum StageDirectoryProblem: Sendable {
    case missing, notDirectory, outside
}

/// An object that could not be moved: the first path that needs it, and why.
package struct TransferProblem: Sendable {
    package let path: String
    package let name: ObjectName
    package let error: (any Error)?
}

/// What cannot be done with a remote that keeps files under their own paths, with their versions.
package enum VersionedRemoteProblem: Hashable, Sendable {
    /// What was asked for needs objects under their digests.
    case needsObjects(remote: String)
    case unsupportedKind(remote: String, url: String)
    /// Of data that an import is to follow.
    case unsupportedAddress(String)
    /// An address that itself names one version.
    case pinnedAddress(String)
    case worktreeWithoutVersions(remote: String)
    /// Only the workspace's files have paths to be sent to.
    case severalRevisions(remote: String)
}
