import DVFormats
import DVReporting
import DVSystem
import SystemPackage

/// Copies files from outside of version control here; nothing is tracked, and no project is needed.
package struct GetURLOperation {
    private let url: String
    private let out: String?
    private let isForced: Bool
    private let options: [StorageOption]

    /// `options` are those of a storage.
    package init(
        _ url: String,
        out: String? = nil,
        isForced: Bool = false,
        options: [StorageOption] = []
    ) {
        self.url = url
        self.out = out
        self.isForced = isForced
        self.options = options
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
            adding: options,
            from: context.workingDirectory,
            in: try context.addresses(of: project)
        )
        let progress = Progress("Copying")
        context.reporter.begin(progress)
        defer { progress.finish() }
        switch source {
        case .here(let source): try copy(source, to: target, progress, jobs: context.jobs)
        case .stored(let place):
            guard let tree = try place.find() else { throw OriginError.sourceMissing(url) }
            try Self.put(at: target) { draft in
                try StoredDownload(tree, jobs: context.askedJobs, progress).copy(to: draft)
            }
        }
    }

    private func copy(
        _ source: AbsolutePath,
        to target: AbsolutePath,
        _ progress: Progress,
        jobs: Int
    ) throws {
        guard try FileStatus.followingIfPresent(source) != nil else {
            throw OriginError.sourceMissing(url)
        }
        guard !target.hasPrefix(source) || target == source else {
            throw OriginError.invalidOptions("cannot copy '\(url)' into itself")
        }
        guard target != source else { return }
        try Self.put(at: target) { draft in
            try TreeCopy(progress, jobs: jobs).copy(source, to: draft)
        }
    }

    /// All of it appears at once.
    private static func put(
        at target: AbsolutePath,
        making: (_ draft: AbsolutePath) throws -> Void
    ) throws {
        try target.parent.makeDirectories()
        let draft = target.parent.appending(TemporaryFile.uniqueName())
        defer { try? draft.removeTree() }
        try making(draft)
        try DraftPlacement(draft).put(at: target)
    }
}

/// Copies files and folders; links are followed, as DVC does.
struct TreeCopy {
    private struct File: Sendable {
        let source: AbsolutePath
        let target: AbsolutePath
    }

    private let progress: Progress
    private let pool: WorkerPool

    init(_ progress: Progress, jobs: Int) {
        self.progress = progress
        pool = WorkerPool(jobs: jobs)
    }

    func copy(_ source: AbsolutePath, to target: AbsolutePath) throws {
        var files: [File] = []
        try makeFolders(source, target, &files)
        progress.expect(bytes: 0, items: files.count)
        _ = try pool.map(
            count: files.count,
            batchSize: 8,
            worker: { [UInt8](repeating: 0, count: 1 << 20) },
            body: { [files] buffer, range in
                for file in files[range] { try copy(file, &buffer) }
            }
        )
    }

    private func makeFolders(
        _ source: AbsolutePath,
        _ target: AbsolutePath,
        _ files: inout [File]
    ) throws {
        try Interruption.check()
        guard try FileStatus.following(source).isDirectory else {
            files.append(File(source: source, target: target))
            return
        }
        try target.makeDirectories()
        for name in try source.childNames() where !isOurs(name) {
            let child = FilePath(root: nil, [name])
            try makeFolders(
                AbsolutePath(child, relativeTo: source),
                AbsolutePath(child, relativeTo: target),
                &files
            )
        }
    }

    private func isOurs(_ name: FilePath.Component) -> Bool {
        name.string.hasPrefix(TemporaryFile.namePrefix)
    }

    private func copy(_ file: File, _ buffer: inout [UInt8]) throws {
        let from = try OpenFile.reading(file.source)
        let into = try OpenFile.creating(file.target)
        defer { progress.advance(items: 1) }
        if try into.clone(from: from) { return }
        while true {
            try Interruption.check()
            let count = try buffer.withUnsafeMutableBytes { try from.read(into: $0) }
            if count == 0 { return }
            try buffer.withUnsafeBytes {
                try into.write(UnsafeRawBufferPointer(rebasing: $0[..<count]))
            }
            progress.advance(bytes: Int64(count))
        }
    }
}
