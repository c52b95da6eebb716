import DVFormats
import DVPipeline
import DVSystem

/// Which files hold the figures that a command is about.
enum FigureQuestion: Sendable {
    /// All that stages and `dvc.yaml` files name, or these files alone.
    case metrics(targets: [AbsolutePath])
    /// The same; `isForStages` leaves out what no stage depends on.
    case parameters(targets: [AbsolutePath], isForStages: Bool)

    /// A file or folder, with the dotted keys that count in it; none means all of it.
    typealias Place = (path: AbsolutePath, keys: [String])

    /// Each path once, in the order in which they are named.
    func places(in moment: ProjectMoment, of project: Project) throws -> [Place] {
        switch self {
        case .metrics(let targets) where !targets.isEmpty:
            return Self.merged(targets.map { ($0, []) })
        case .metrics:
            let outputs = try moment.collection().stages.flatMap(\.outputs).filter {
                $0.kind == .metric
            }
            let named = try Self.topLevel("metrics", in: moment.collection())
            return Self.merged((outputs.map(\.path) + named).map { ($0, []) })
        case .parameters(let targets, _) where !targets.isEmpty:
            return Self.merged(targets.map { ($0, []) })
        case .parameters(_, let isForStages):
            var places = try moment.collection().stages.flatMap(\.parameters).map {
                ($0.file, $0.keys)
            }
            if !isForStages {
                places += try Self.topLevel("params", in: moment.collection()).map { ($0, []) }
                let usual = project.root.appending(ParameterSelection.defaultFile)
                if try moment.hasFile(at: usual, of: project) { places.append((usual, [])) }
            }
            return Self.merged(places)
        }
    }

    /// Keys of one file come together; where one asks for all of it, so does the whole.
    private static func merged(_ places: [Place]) -> [Place] {
        var indices: [AbsolutePath: Int] = [:]
        var merged: [Place] = []
        for place in places {
            guard let index = indices[place.path] else {
                indices[place.path] = merged.count
                merged.append(place)
                continue
            }
            let keys = merged[index].keys
            merged[index].keys = keys.isEmpty || place.keys.isEmpty ? [] : keys + place.keys
        }
        return merged
    }

    /// What `dvc.yaml` files name beside their stages; folders before those inside of them.
    private static func topLevel(
        _ key: String,
        in collection: StageCollection
    ) -> [AbsolutePath] {
        let files = collection.files.values.sorted { $0.path.parent < $1.path.parent }
        return files.flatMap { file -> [AbsolutePath] in
            guard case .pipeline(let pipeline, _) = file.content,
                case .list(let items)? = pipeline.topLevel.first(where: { $0.key == key })?.value
            else { return [] }
            return items.map { AbsolutePath($0.pythonText, relativeTo: file.path.parent) }
        }
    }
}
