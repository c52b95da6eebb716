import DVFormats
import DVGit
import DVHashing
import DVObjects
import DVPipeline
import DVSystem

/// Answers a question about metrics or parameters at several moments; a file that commits share is parsed once.
///
/// Confined to one thread.
final class FigureReader {
    /// What names the content of a file.
    private enum Source: Hashable {
        case blob(GitObjectID)
        case object(ObjectName)
    }

    private struct Key: Hashable {
        let source: Source
        let path: AbsolutePath
    }

    private let question: FigureQuestion
    private let project: Project
    private var known: [Key: Result<DataValue, FigureFailure>] = [:]

    init(_ question: FigureQuestion, in project: Project) {
        self.question = question
        self.project = project
    }

    /// Throws `Interrupted` only: other errors are part of the answer.
    func moment(_ name: String, _ open: () throws -> ProjectMoment) throws -> FigureMoment {
        try Interruption.check()
        do {
            let moment = try open()
            return FigureMoment(name: name, content: .success(try files(at: moment)))
        } catch let error where !(error is Interrupted) {
            return FigureMoment(name: name, content: .failure(error))
        }
    }

    private func files(at moment: ProjectMoment) throws -> [FigureFile] {
        var seen: Set<AbsolutePath> = []
        var files: [FigureFile] = []
        for place in try question.places(in: moment, of: project) {
            for path in try moment.expand(place.path, of: project)
            where seen.insert(path).inserted {
                let content = try content(of: path, at: moment)
                files.append(
                    FigureFile(path: path, content: content.map { reduced($0, to: place.keys) })
                )
            }
        }
        return isWithVariables ? try files + variables(of: moment, besides: seen) : files
    }

    private func reduced(_ value: DataValue, to keys: [String]) -> DataValue {
        switch question {
        case .metrics: value.metrics
        case .parameters: value.orEmptyMapping.selecting(keys)
        }
    }

    private var isWithVariables: Bool {
        if case .parameters(let targets, _) = question { targets.isEmpty } else { false }
    }

    /// What references in stages use of files that are not parameters.
    private func variables(
        of moment: ProjectMoment,
        besides seen: Set<AbsolutePath>
    ) throws -> [FigureFile] {
        var files: [(path: AbsolutePath, values: [(key: String, value: DataValue)])] = []
        for variable in try moment.collection().stages.flatMap(\.usedVariables) {
            let path = project.path(of: variable.file)
            guard !seen.contains(path) else { continue }
            let pair = (variable.key, variable.value)
            guard let index = files.firstIndex(where: { $0.path == path }) else {
                files.append((path, [pair]))
                continue
            }
            if !files[index].values.contains(where: { $0.key == variable.key }) {
                files[index].values.append(pair)
            }
        }
        return files.map { FigureFile(path: $0.path, content: .success(.mapping($0.values))) }
    }

    // MARK: Content

    private func content(
        of path: AbsolutePath,
        at moment: ProjectMoment
    ) throws -> Result<DataValue, FigureFailure> {
        do {
            return try readContent(of: path, at: moment)
        } catch let error where !(error is Interrupted) {
            return .failure(.unreadable(error))
        }
    }

    private func readContent(
        of path: AbsolutePath,
        at moment: ProjectMoment
    ) throws -> Result<DataValue, FigureFailure> {
        if let blob = try moment.blob(at: path, of: project) {
            return remembering(.blob(blob), at: path) {
                try moment.content(at: path, of: project) ?? []
            }
        }
        do {
            if let bytes = try moment.content(at: path, of: project) { return parse(bytes, path) }
        } catch let error as SystemError where error.code == .isDirectory {
            return .failure(.isDirectory(shown(path)))
        }
        return switch try moment.tracked(at: path, of: project) {
        case .nothing: .failure(.missing(shown(path)))
        case .folder, .unknown(path): .failure(.isDirectory(shown(path)))
        case .unknown(let output): .failure(.listingNotStored(names(of: output)))
        case .file(let object): stored(object, at: path)
        }
    }

    private func stored(
        _ object: TrackedObject,
        at path: AbsolutePath
    ) -> Result<DataValue, FigureFailure> {
        let record = object.output.record ?? ContentRecord(object.name)
        let output = object.output.output.path.relative(to: project.root) ?? .empty
        return remembering(.object(object.name), at: path) {
            do {
                try project.fetchIfMissing(
                    object.name,
                    of: VersionedOutput(output, record),
                    from: object.output.output.options.remote,
                    for: project.display(path)
                )
            } catch ObjectError.missing {
                throw FigureFailure.notStored(shown(path))
            } catch ProjectError.transferFailed(_, let problems)
                where problems.allSatisfy({ $0.isAbsence })
            {
                throw FigureFailure.notStored(shown(path))
            }
            return try project.cache(for: record.scheme).bytes(of: object.name)
        }
    }

    private func remembering(
        _ source: Source,
        at path: AbsolutePath,
        _ read: () throws -> [UInt8]
    ) -> Result<DataValue, FigureFailure> {
        let key = Key(source: source, path: path)
        if let result = known[key] { return result }
        let result = Result { try read() }
            .mapError { $0 as? FigureFailure ?? .unreadable($0) }
            .flatMap { parse($0, path) }
        known[key] = result
        return result
    }

    private func parse(
        _ bytes: [UInt8],
        _ path: AbsolutePath
    ) -> Result<DataValue, FigureFailure> {
        let file = project.display(path)
        guard String(validating: bytes, as: UTF8.self) != nil else {
            return .failure(.malformed(FormatError(file: file, problem: "is not valid utf-8")))
        }
        do throws(FormatError) {
            return .success(try ParameterFile.parse(bytes, file: file))
        } catch {
            return .failure(.malformed(error))
        }
    }

    private func names(of output: AbsolutePath) -> [String] {
        output.relative(to: project.root)?.components.map { String(decoding: $0, as: UTF8.self) }
            ?? []
    }

    private func shown(_ path: AbsolutePath) -> String { path.climbing(from: project.root) }
}

extension TransferProblem {
    /// Whether the remote does not have it, and nothing else is wrong.
    fileprivate var isAbsence: Bool {
        if case ObjectError.missing? = error as? ObjectError { true } else { false }
    }
}
