import DVFormats
import DVHashing
import DVReporting
import DVSystem

/// A path as pointers and lock files know it.
struct TrackedFile: Sendable {
    /// Whether it is an output or inside of one; folders above outputs are not.
    let isOutput: Bool
    let isFolder: Bool
    let size: Int64?
    /// The name of its object.
    let digest: String?

    static let folderAboveOutputs = TrackedFile(
        isOutput: false,
        isFolder: true,
        size: nil,
        digest: nil
    )
}

/// Tracked data as a tree of files; listings are read as they are needed and remembered.
///
/// Confined to one thread.
final class TrackedFiles {
    private let state: TrackedState
    private let reporter: any Reporter
    /// Gives the listing of an output; nil if it cannot be had.
    private let find: (RelativePath, TrackedContent) throws -> DirectoryListing?
    private var listings: [RelativePath: DirectoryListing] = [:]

    init(
        _ state: TrackedState,
        reporter: any Reporter,
        find: @escaping (RelativePath, TrackedContent) throws -> DirectoryListing?
    ) {
        self.state = state
        self.reporter = reporter
        self.find = find
    }

    /// Nil if nothing tracked is at `path` or below it.
    func file(at path: RelativePath) throws -> TrackedFile? {
        if let content = state.contents[path] { return Self.output(content) }
        if let output = output(above: path) {
            let listing = try listing(of: output)
            let inside = path.relative(to: output) ?? .empty
            if let index = listing.index(of: inside) {
                let digest = listing.digest(at: index)
                return Self.member(digest, size: recordedSizes(of: output)[digest])
            }
            return listing.indices(below: inside).isEmpty ? nil : Self.folderInside
        }
        if state.unrecorded.contains(path) { return Self.unrecorded }
        let isAbove =
            state.contents.keys.contains { $0.hasPrefix(path) }
            || state.unrecorded.contains { $0.hasPrefix(path) }
        return isAbove ? .folderAboveOutputs : nil
    }

    /// The output that has `path`; nil if that is not tracked, or nothing is recorded of it.
    func output(holding path: RelativePath) -> (path: RelativePath, content: TrackedContent)? {
        let output = state.contents[path] == nil ? output(above: path) : path
        return output.flatMap { output in state.contents[output].map { (output, $0) } }
    }

    /// What a folder holds, by name.
    func files(in folder: RelativePath) throws -> [String: TrackedFile] {
        let holder = state.contents[folder] == nil ? output(above: folder) : folder
        if let holder { return try members(of: holder, in: folder) }
        let outputs =
            state.contents.map { ($0, Self.output($1)) }
            + state.unrecorded.map { ($0, Self.unrecorded) }
        var files: [String: TrackedFile] = [:]
        for (path, output) in outputs {
            guard let way = path.relative(to: folder), let first = way.components.first else {
                continue
            }
            let name = String(decoding: first, as: UTF8.self)
            files[name] = way.components.count == 1 ? output : .folderAboveOutputs
        }
        return files
    }

    private func members(
        of output: RelativePath,
        in folder: RelativePath
    ) throws -> [String: TrackedFile] {
        let listing = try listing(of: output)
        let sizes = recordedSizes(of: output)
        let inside = folder.relative(to: output) ?? .empty
        let skipped = inside.isEmpty ? 0 : inside.bytes.count + 1
        var files: [String: TrackedFile] = [:]
        for index in listing.indices(below: inside) {
            listing.withPath(at: index) { path in
                let rest = path.dropFirst(skipped)
                let name = rest.prefix { $0 != UInt8(ascii: "/") }
                let isFile = name.endIndex == rest.endIndex
                let digest = listing.digest(at: index)
                files[String(decoding: name, as: UTF8.self)] =
                    isFile ? Self.member(digest, size: sizes[digest]) : Self.folderInside
            }
        }
        return files
    }

    /// Of the files of a directory, where its record tells them besides its digest.
    private func recordedSizes(of output: RelativePath) -> [Digest: Int64] {
        let members = state.contents[output]?.record.cloud?.members ?? []
        return members.reduce(into: [:]) { $0[$1.digest] = $1.size }
    }

    private func output(above path: RelativePath) -> RelativePath? {
        var folder = path
        while !folder.isEmpty {
            folder = folder.parent
            if state.contents[folder]?.isFolder == true { return folder }
        }
        return nil
    }

    private func listing(of output: RelativePath) throws -> DirectoryListing {
        if let known = listings[output] { return known }
        let found = try state.contents[output].flatMap { try find(output, $0) }
        if found == nil {
            reporter.report(
                .warning("the listing of '\(output)' is neither in the cache nor on a remote")
            )
        }
        let listing = found ?? DirectoryListing()
        listings[output] = listing
        return listing
    }

    private static func output(_ content: TrackedContent) -> TrackedFile {
        TrackedFile(
            isOutput: true,
            isFolder: content.isFolder,
            size: content.record.size,
            digest: content.record.name.text
        )
    }

    private static func member(_ digest: Digest, size: Int64?) -> TrackedFile {
        TrackedFile(isOutput: true, isFolder: false, size: size, digest: digest.hex)
    }

    /// Whether it will be a folder is not known before it is made; DVC gives it no bytes.
    private static let unrecorded = TrackedFile(
        isOutput: true,
        isFolder: false,
        size: 0,
        digest: nil
    )

    private static let folderInside = TrackedFile(
        isOutput: true,
        isFolder: true,
        size: nil,
        digest: nil
    )
}
