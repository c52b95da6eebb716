/// The points of a plot at one revision, and what was found out about its axes.
struct JoinedPoints {
    var points: [PlotPoint] = []
    var properties = PlotProperties()
    var x = ""
    var y = ""
    var xLabel = ""
    var yLabel: String?
    /// Where the values of y come from, with names as short as they can be.
    var sources: [PlotSource] = []
}

/// Brings the data of a plot's files together, with the names and the order that DVC gives them.
struct PlotJoin {
    private static let index = "step"
    private static let anyX = "dvc_inferred_x_value"
    private static let anyY = "dvc_inferred_y_value"

    private let revision: String
    private let properties: PlotProperties
    private let data: [(file: String, value: DataValue)]
    private let rows: [String: PointSearch]

    init(
        _ data: [(file: String, value: DataValue)],
        _ properties: PlotProperties,
        at revision: String
    ) {
        self.revision = revision
        self.properties = properties
        self.data = data
        rows = Dictionary(data.map { ($0.file, PointSearch($0.value)) }) { $1 }
    }

    /// Nil if there is nothing to show; throws if something is wrong with what there is.
    func joined(of name: String) throws(PlotProblem) -> JoinedPoints? {
        let yFiles = try yFiles(of: name)
        let xs = try verified(xFiles(of: name, yFiles))
        let ys = try verified(yFiles)
        guard xs.count < 2 || xs.count == ys.count else {
            throw .axesDiffer(xCount: xs.count, yCount: ys.count)
        }
        let hasSeveralX = Set(xs.map(\.field)).count > 1
        let yFields = Set(ys.map(\.field))
        var result = JoinedPoints(properties: properties)
        result.x = hasSeveralX ? Self.anyX : xs.first?.field ?? Self.index
        result.y = yFields.count > 1 ? Self.anyY : ys.first?.field ?? ""
        result.xLabel = properties.xLabel ?? (hasSeveralX ? "x" : xs.first?.field ?? Self.index)
        result.yLabel = properties.yLabel ?? (yFields.count > 1 ? "y" : ys.first?.field)
        let skipped = Self.sharedLength(of: ys.map(\.file))
        result.sources = ys.map { PlotSource(file: Self.short($0.file, skipped), field: $0.field) }
        for (index, y) in ys.enumerated() {
            let x = xs.isEmpty ? nil : xs[xs.count > 1 ? index : 0]
            var points = try points(x, y, result)
            for position in points.indices {
                points[position]["rev"] = .string(revision)
                points[position]["filename"] = .string(result.sources[index].file)
                points[position]["field"] = .string(y.field)
            }
            result.points += points
        }
        return result.points.isEmpty ? nil : result
    }

    private func points(
        _ x: PlotSource?,
        _ y: PlotSource,
        _ axes: JoinedPoints
    ) throws(PlotProblem) -> [PlotPoint] {
        var points = rows[y.file]?.points ?? []
        for position in points.indices where axes.y == Self.anyY {
            points[position][Self.anyY] = points[position][y.field]
        }
        guard let x else {
            for position in points.indices { points[position][Self.index] = .integer(position) }
            return points
        }
        let values = x.file == y.file ? points : rows[x.file]?.points ?? []
        guard values.count == points.count else {
            throw .lengthsDiffer(x: x, xCount: values.count, y: y, yCount: points.count)
        }
        for position in points.indices {
            if let value = values[position][x.field] { points[position][axes.x] = value }
        }
        return points
    }

    // MARK: Axes

    private func yFiles(of name: String) throws(PlotProblem) -> [PlotFile] {
        switch properties.y {
        case .files(let files)?: return files
        case .fields(let fields)?: return [PlotFile(file: name, fields: fields)]
        case nil: break
        }
        guard let value = data.first(where: { $0.file == name })?.value else { return [] }
        guard let field = PointSearch.lastField(in: value) else { throw .notTabular(file: name) }
        return [PlotFile(file: name, fields: [field])]
    }

    /// One field for all of y counts for each of its files.
    private func xFiles(of name: String, _ yFiles: [PlotFile]) -> [PlotFile] {
        switch properties.x {
        case nil: return []
        case .files(let files)?: return files
        case .fields(let fields)?:
            guard case .files? = properties.y else { return [PlotFile(file: name, fields: fields)] }
            return yFiles.map { file in
                PlotFile(file: file.file, fields: file.fields.flatMap { _ in fields })
            }
        }
    }

    /// Throws if a field is not in its file; files that could not be read are told elsewhere.
    private func verified(_ files: [PlotFile]) throws(PlotProblem) -> [PlotSource] {
        var sources: [PlotSource] = []
        for file in files {
            for field in file.fields {
                sources.append(PlotSource(file: file.file, field: field))
                guard let search = rows[file.file] else { continue }
                guard let first = search.points.first else {
                    if let row = search.firstOddRow {
                        throw .mixedFields(file: file.file, row: row)
                    }
                    throw .notTabular(file: file.file)
                }
                guard !first.has(field) else { continue }
                throw .noField(field, file: file.file, found: first.fields.map(\.key))
            }
        }
        return sources
    }

    // MARK: Names

    /// How many characters the folder takes that all files share.
    private static func sharedLength(of files: [String]) -> Int {
        let parts = Set(files).map { $0.split(separator: "/", omittingEmptySubsequences: false) }
        guard parts.count > 1, var shared = parts.first else { return 0 }
        for other in parts {
            shared = Array(zip(shared, other).prefix { $0 == $1 }.map(\.0))
        }
        return shared.joined(separator: "/").count
    }

    private static func short(_ file: String, _ skipped: Int) -> String {
        var name = file.dropFirst(skipped)
        while let first = name.first, first == "/" || first == "\\" { name.removeFirst() }
        while let last = name.last, last == "/" || last == "\\" { name.removeLast() }
        return String(name)
    }
}
