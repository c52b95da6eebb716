import DVFormats
import DVReporting
import DVSystem
import SystemPackage

/// Copies files from outside of version control here; nothing is tracked, and no project is needed.
package struct GetURLOperation {
    private let url: String
    private let out: String?
    private let isForced: Bool

    package init(_ url: String, out: String? = nil, isForced: Bool = false) {
        self.url = url
        self.out = out
        self.isForced = isForced
    }

    /// `project` knows the remotes that an address may name; nil outside of projects.
    package func run(in context: OriginContext, of project: Project?) throws {
        let target = try Destination.path(
            for: url,
            out: out,
            isForced: isForced,
            in: context.workingDirectory
        )
        let source = try ExternalPath(
            url,
            from: context.workingDirectory,
            settings: project?.settings
        ).path
        guard try FileStatus.followingIfPresent(source) != nil else {
            throw OriginError.sourceMissing(url)
        }
        guard !target.hasPrefix(source) || target == source else {
            throw OriginError.invalidOptions("cannot copy '\(url)' into itself")
        }
        guard target != source else { return }
        try target.parent.makeDirectories()
        let draft = target.parent.appending(TemporaryFile.uniqueName())
        defer { try? draft.removeTree() }
        let progress = Progress("Copying")
        context.reporter.begin(progress)
        defer { progress.finish() }
        try TreeCopy(progress).copy(source, to: draft)
        try DraftPlacement(draft).put(at: target)
    }
}

/// Copies files and folders; links are followed, as DVC does.
struct TreeCopy {
    private let progress: Progress

    init(_ progress: Progress) {
        self.progress = progress
    }

    func copy(_ source: AbsolutePath, to target: AbsolutePath) throws {
        try Interruption.check()
        guard try FileStatus.following(source).isDirectory else {
            return try copyFile(source, to: target)
        }
        try target.makeDirectories()
        for name in try source.childNames() where !isOurs(name) {
            let child = AbsolutePath(FilePath(name.string), relativeTo: source)
            try copy(child, to: AbsolutePath(FilePath(name.string), relativeTo: target))
        }
    }

    private func isOurs(_ name: FilePath.Component) -> Bool {
        name.string.hasPrefix(TemporaryFile.namePrefix)
    }

    private func copyFile(_ source: AbsolutePath, to target: AbsolutePath) throws {
        let from = try OpenFile.reading(source)
        let into = try OpenFile.creating(target)
        if try into.clone(from: from) { return }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = try buffer.withUnsafeMutableBytes { try from.read(into: $0) }
            if count == 0 { return }
            try into.write(Array(buffer[..<count]))
            progress.advance(bytes: Int64(count))
        }
    }
}
