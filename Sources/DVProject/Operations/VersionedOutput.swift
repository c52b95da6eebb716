import DVFormats
import DVHashing
import DVObjects
import DVRemotes
import DVSystem

/// What is recorded of an output: remotes that keep versions of files have its objects where the record says.
struct VersionedOutput {
    /// From the root of its project, and so of the remote.
    let path: RelativePath
    let record: ContentRecord

    /// Nil for what is outside of the project.
    init?(_ path: AbsolutePath, _ record: ContentRecord, in root: AbsolutePath) {
        guard let path = path.relative(to: root) else { return nil }
        self.init(path, record)
    }

    init(_ path: RelativePath, _ record: ContentRecord) {
        self.path = path
        self.record = record
    }
}

extension VersionedOutput {
    /// What a remote has of the output, or of a file in it; nil for folders and for what was not sent there.
    fileprivate func version(of inside: RelativePath, on remote: RemoteDefinition) -> String? {
        let cloud = record.cloud
        let version =
            inside.isEmpty
            ? cloud?.version : cloud?.members?.first { $0.path == inside }?.version
        return version.flatMap { $0.isOf(remote.name) ? $0.id : nil }
    }
}

extension RemoteDefinition {
    /// Of a file or folder on a remote that keeps versions, as DVC tells it.
    func address(of output: VersionedOutput, _ inside: RelativePath) -> String {
        let path = output.path.appending(inside)
        let version = output.version(of: inside, on: self).map { "?versionId=\($0)" } ?? ""
        return "\(url)/\(path)\(version)"
    }

    /// The remote, to be asked for objects of `outputs` alone, which are named by `scheme`.
    func open(
        scheme: HashScheme,
        holding outputs: [VersionedOutput],
        limit: Bandwidth? = nil
    ) throws -> any Remote {
        guard isVersioned else { return try open(scheme: scheme, limit: limit) }
        var places: [ObjectName: [VersionedRemote.Place]] = [:]
        var listings: [ObjectName: DirectoryListing] = [:]
        func note(_ name: ObjectName, _ path: RelativePath, _ version: CloudVersion?) {
            guard let version, version.isOf(self.name), let id = version.id else { return }
            places[name, default: []].append(VersionedRemote.Place(path: path, version: id))
        }
        for output in outputs {
            let cloud = output.record.cloud
            note(output.record.name, output.path, cloud?.version)
            for member in cloud?.members ?? [] {
                note(ObjectName(member.digest), output.path.appending(member.path), member.version)
            }
            listings[output.record.name] = try cloud?.listing()
        }
        return try openVersions(places, listings, limit: limit)
    }
}
