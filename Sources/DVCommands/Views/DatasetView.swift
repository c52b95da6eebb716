import DVFormats
import DVProject
import DVReporting

/// What became of a dataset.
struct DatasetView {
    private let report: DatasetReport
    private let isUpdate: Bool

    init(_ report: DatasetReport, isUpdate: Bool = false) {
        self.report = report
        self.isUpdate = isUpdate
    }

    func show(on reporter: any Reporter) {
        for line in lines { reporter.report(.answer(line)) }
        StagingView(report.touched).show(on: reporter)
    }

    private var lines: [String] {
        let new = report.new
        let name = new.definition.name
        guard isUpdate, let old = report.old?.lock, let lock = new.lock else {
            return ["\(isUpdate ? "Updating" : "Adding") \(name) (\(Self.place(new.definition)))"]
        }
        if report.isUnchanged { return ["Nothing to update"] }
        guard new.definition.kind == .url else {
            return ["Updating \(name) (\(old.state) -> \(lock.state))"]
        }
        return ["Updating \(name) (\(new.definition.url))"] + Self.changes(old.files, lock.files)
    }

    private static func place(_ definition: DatasetDefinition) -> String {
        let path = definition.path.drop { $0 == "/" }
        let place = path.isEmpty ? definition.url : "\(definition.url):/\(path)"
        return definition.revision.map { "\(place) @ \($0)" } ?? place
    }

    /// Modified, added, deleted, as after a checkout.
    private static func changes(
        _ old: [String: DataValue],
        _ new: [String: DataValue]
    ) -> [String] {
        let modified = new.keys.filter { key in old[key].map { $0 != new[key] } ?? false }
        let added = new.keys.filter { old[$0] == nil }
        let deleted = old.keys.filter { new[$0] == nil }
        return [("M", modified), ("A", added), ("D", deleted)].flatMap { letter, paths in
            paths.sorted().map { "\(letter)\t\($0)" }
        }
    }
}
