import DVFormats
import DVHashing
import DVReporting
import DVSystem

/// Results of runs by what they were made from, in the layout of DVC: `runs/KEY[:2]/KEY/VALUE` below the cache's folder.
///
/// KEY is the SHA-256 of command, dependencies, parameters and the paths of outputs; VALUE is that of all of it with the
/// contents of outputs, which is what the file holds. Source: `dvc/stage/cache.py` of DVC 3.67.1.
package struct RunCache: Sendable {
    /// The folder of the cache.
    private let cache: AbsolutePath
    private let reporter: any Reporter

    /// Of the results, in a cache or remote.
    package static let folder = RelativePath.empty.appending("runs")

    package init(inCache cache: AbsolutePath, reporter: any Reporter) {
        self.cache = cache
        self.reporter = reporter
    }

    /// Keeps the result of a run; nothing if it is known already.
    package func save(_ result: LockedStage) throws {
        try write(result.serialized(), to: Self.path(of: result))
    }

    /// Every result, as paths from the folder of the cache, sorted.
    package func paths() throws -> [RelativePath] {
        try cache.appending(Self.folder).filesBelow().map(Self.folder.appending)
    }

    package func read(_ path: RelativePath) throws -> [UInt8]? {
        try cache.appending(path).readBytesIfPresent()
    }

    /// Keeps the text of a result that was made elsewhere; false, and nothing is kept, if it does not belong to `path`.
    package func insert(_ bytes: [UInt8], at path: RelativePath) throws -> Bool {
        guard let result = try? LockedStage(parsing: bytes, file: path.string),
            Self.path(of: result) == path
        else { return false }
        try write(bytes, to: path)
        return true
    }

    private func write(_ bytes: [UInt8], to path: RelativePath) throws {
        let file = cache.appending(path)
        if try file.exists() { return }
        try file.parent.makeDirectories()
        try file.replaceContents(with: bytes)
    }

    /// The newest result of a run with the same command, inputs and paths of outputs; nil if there was none.
    ///
    /// `stage` needs no contents of outputs. A file that cannot be read is passed over with a warning.
    package func newestResult(like stage: LockedStage) throws -> LockedStage? {
        let place = cache.appending(Self.folder(for: stage))
        guard try place.exists() else { return nil }
        let files = try place.childNames().map { place.appending($0.string) }
        let dated = try files.compactMap { file in
            try FileStatus.followingIfPresent(file).map { (file, $0.modified) }
        }
        for (file, _) in dated.sorted(by: { $0.1 > $1.1 }) {
            if let result = try read(file), result.hasInputs(of: stage) { return result }
        }
        return nil
    }

    private func read(_ file: AbsolutePath) throws -> LockedStage? {
        guard let bytes = try file.readBytesIfPresent() else { return nil }
        do {
            return try LockedStage(parsing: bytes, file: file.string)
        } catch {
            reporter.report(.warning("corrupted cache file '\(file.string)': \(error.problem)"))
            return nil
        }
    }

    private static func path(of result: LockedStage) -> RelativePath {
        folder(for: result).appending(digest(of: .mapping(result.fields)))
    }

    private static func folder(for stage: LockedStage) -> RelativePath {
        let fields = stage.fields.map { $0.key == "outs" ? ($0.key, paths($0.value)) : $0 }
        let key = digest(of: .mapping(fields))
        return folder.appending(String(key.prefix(2))).appending(key)
    }

    private static func paths(_ outputs: DataValue) -> DataValue {
        guard case .list(let items) = outputs else { return outputs }
        return .list(items.map { $0.value(atDottedKey: "path") ?? .null })
    }

    private static func digest(of value: DataValue) -> String {
        let text = JSONValue(value.withoutSizes).serialized(sortingKeys: true)
        return SHA256.hex(of: Array(text.utf8))
    }
}

/// Results of runs that are not in the run cache yet.
package struct UnsavedResults: Sendable {
    private var ofCommands: [StageCommand: [LockedStage]] = [:]

    package init() {}

    package var isEmpty: Bool { ofCommands.isEmpty }

    /// In no order.
    package var all: some Sequence<LockedStage> { ofCommands.values.joined() }

    package mutating func add(_ result: LockedStage) {
        ofCommands[result.command, default: []].append(result)
    }

    /// The newest result of a run with the same command, inputs and paths of outputs; nil if there was none.
    ///
    /// `stage` needs no contents of outputs.
    package func newestResult(like stage: LockedStage) -> LockedStage? {
        ofCommands[stage.command]?.last {
            $0.outputs.map(\.path) == stage.outputs.map(\.path) && $0.hasInputs(of: stage)
        }
    }
}

extension LockedStage {
    /// The key alone does not tell: DVC leaves out parameters that are called `size` or `nfiles`.
    fileprivate func hasInputs(of other: LockedStage) -> Bool {
        func contents(_ paths: [RecordedPath]) -> [String: ContentRecord?] {
            Dictionary(paths.map { ($0.path, $0.content) }) { first, _ in first }
        }
        let names = contents(dependencies).mapValues { $0?.name }
        return command == other.command
            && names == contents(other.dependencies).mapValues { $0?.name }
            && Set(parameters) == Set(other.parameters)
    }
}

extension DataValue {
    /// Without the fields of any mapping that only say how large something is, as DVC leaves them out.
    fileprivate var withoutSizes: DataValue {
        switch self {
        case .list(let items): .list(items.map(\.withoutSizes))
        case .mapping(let pairs):
            .mapping(
                pairs.filter { $0.key != "size" && $0.key != "nfiles" }
                    .map { ($0.key, $0.value.withoutSizes) }
            )
        default: self
        }
    }
}
