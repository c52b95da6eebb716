import DVFormats
import DVSystem
import Glibc
import SystemPackage

/// What a walk found in one folder, without what it leaves out.
struct VisitedFolder: Sendable {
    var names = FolderNames()
    var isProject = false
    var problems: [UntrackableFile] = []
}

/// Lists single folders for one walk.
final class FolderVisitor: Sendable {
    private let root: OpenFile
    /// Nil outside the project, where no rules apply.
    private let rules: IgnoreRules?
    /// The way from the project's root to the walk's, with a slash behind it unless empty.
    private let prefix: [UInt8]

    init(root: consuming OpenFile, rules: IgnoreRules?, prefix: [UInt8]) {
        self.root = root
        self.rules = rules
        self.prefix = prefix
    }

    var rootPath: AbsolutePath { root.path }

    /// Lists `folder`, which is relative to the root and ends in a slash unless empty.
    ///
    /// A folder that is gone is empty.
    func visit(_ folder: [UInt8]) throws -> VisitedFolder {
        guard let directory = try open(folder) else { return VisitedFolder() }
        var visited = VisitedFolder()
        var failure: SystemError?
        var path = prefix + folder
        let folderLength = path.count
        try directory.forEachEntry { name, kind in
            if name.elementsEqual(".dvc".utf8) { visited.isProject = true }
            path.removeSubrange(folderLength...)
            path.append(contentsOf: name)
            do throws(SystemError) {
                guard let kind = try self.kind(kind, at: path) else { return }
                add(name, kind, at: path, to: &visited)
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        visited.names.sort()
        return visited
    }

    private func open(_ folder: [UInt8]) throws(SystemError) -> OpenFile? {
        let text = folder.isEmpty ? [CChar(bitPattern: UInt8(ascii: ".")), 0] : cString(folder)
        // The root may be reached through a link; folders below may not.
        let flags = O_RDONLY | O_DIRECTORY | (folder.isEmpty ? 0 : O_NOFOLLOW)
        do throws(SystemError) {
            return try root.openBelow(text, flags, path: absolute(prefix + folder))
        } catch {
            guard error.code == .noSuchFileOrDirectory, !folder.isEmpty else { throw error }
            return nil
        }
    }

    /// Asks for the kind where the file system does not tell it with the name; nil if the entry is gone.
    private func kind(_ kind: EntryKind, at path: [UInt8]) throws(SystemError) -> EntryKind? {
        guard kind == .unknown else { return kind }
        switch root.statusBelow(cString(path[prefix.count...]), following: false) {
        case .success(let status): return EntryKind(status.kind)
        case .failure(.noSuchFileOrDirectory): return nil
        case .failure(let code):
            throw SystemError("stat", absolute(path).string, code: code)
        }
    }

    private func add(
        _ name: UnsafeBufferPointer<UInt8>,
        _ kind: EntryKind,
        at path: [UInt8],
        to visited: inout VisitedFolder
    ) {
        let isFolder = kind == .directory
        if !isFolder, isLeftover(name) { return }
        let isIgnored = path.withUnsafeBytes {
            rules?.isIgnored($0, isDirectory: isFolder) ?? false
        }
        if isIgnored { return }
        if let reason = problem(name, kind, at: path) {
            visited.problems.append(UntrackableFile(path: absolute(path), reason: reason))
        } else {
            visited.names.append(name, kind)
        }
    }

    /// A file that a killed checkout was writing is no data: it must not keep the next one from finishing.
    private func isLeftover(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        name.first == UInt8(ascii: ".") && name.starts(with: TemporaryFile.namePrefix.utf8)
    }

    private func problem(
        _ name: UnsafeBufferPointer<UInt8>,
        _ kind: EntryKind,
        at path: [UInt8]
    ) -> UntrackableFile.Reason? {
        if kind == .other {
            return root.specialKind(cString(path[prefix.count...]))
        }
        if name.elementsEqual(IgnoreFiles.name.utf8), kind != .directory {
            return .ignoreFileInside
        }
        let isASCII = name.allSatisfy { $0 < 0x80 }
        return isASCII || String(validating: name, as: UTF8.self) != nil ? nil : .nameNotUTF8
    }

    /// `path` is relative to the project's root, or to the walk's if that is outside.
    private func absolute(_ path: [UInt8]) -> AbsolutePath {
        RelativePath(bytes: path[prefix.count...]).map { root.path.appending($0) } ?? root.path
    }

    private func cString(_ bytes: some Collection<UInt8>) -> [CChar] {
        bytes.map { CChar(bitPattern: $0) } + [0]
    }
}

extension OpenFile {
    /// What kind of special file is here.
    func specialKind(_ relative: UnsafePointer<CChar>) -> UntrackableFile.Reason {
        var raw = stat()
        guard fstatat(descriptor, relative, &raw, 0) == 0 else { return .device }
        return switch raw.st_mode & S_IFMT {
        case S_IFIFO: .pipe
        case S_IFSOCK: .socket
        default: .device
        }
    }
}

extension EntryKind {
    init(_ kind: FileStatus.Kind) {
        self =
            switch kind {
            case .regular: .regular
            case .directory: .directory
            case .symbolicLink: .symbolicLink
            case .other: .other
            }
    }
}
