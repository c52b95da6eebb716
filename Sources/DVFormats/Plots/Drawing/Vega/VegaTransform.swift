/// What is done to the rows of a specification before they are drawn.
enum VegaTransform: Sendable {
    case filter(field: String, VegaTest)
    /// What a reader points at or chooses: nothing, in a picture.
    case filterByChoice
    /// `near` is the part of the points that counts for each.
    case smooth(field: String, along: String, groups: [String], near: Double)
    case aggregate([(operation: VegaAggregate, field: String?, name: String)], groups: [String])

    /// Nil for what cannot be drawn; `parameters` are the numbers that a specification gives names to.
    init?(_ definition: DataValue, parameters: [String: Double]) {
        if let field = definition.entry("loess")?.string {
            let near = definition.entry("bandwidth")
            let name = (near?.entry("signal") ?? near?.entry("expr"))?.string
            guard let along = definition.entry("on")?.string,
                let part = name.map({ parameters[$0] }) ?? near?.chartNumber ?? 0.3
            else { return nil }
            let groups = definition.entry("groupby")?.texts ?? []
            self = .smooth(field: field, along: along, groups: groups, near: part)
            return
        }
        if let filter = definition.entry("filter") {
            if filter.entry("param") != nil || filter.entry("selection") != nil {
                self = .filterByChoice
            } else if let field = filter.entry("field")?.string, let test = VegaTest(filter) {
                self = .filter(field: field, test)
            } else {
                return nil
            }
            return
        }
        guard case .list(let parts)? = definition.entry("aggregate") else { return nil }
        let operations = parts.compactMap { part in
            part.entry("op").flatMap(VegaAggregate.init).map { operation in
                (operation, part.entry("field")?.string, part.entry("as")?.string ?? "")
            }
        }
        guard operations.count == parts.count else { return nil }
        self = .aggregate(operations, groups: definition.entry("groupby")?.texts ?? [])
    }

    /// Nil if no mark has anything to show.
    func applied(to rows: [PlotPoint]) -> [PlotPoint]? {
        switch self {
        case .filterByChoice: return nil
        case .filter(let field, let test):
            return rows.filter { test.holds(for: $0[field] ?? .null) }
        case .smooth(let field, let along, let groups, let near):
            return Self.grouped(rows, groups).flatMap { members in
                Self.smoothed(members, field, along, groups, near)
            }
        case .aggregate(let operations, let groups):
            return Self.grouped(rows, groups).map { members in
                var row = PlotPoint(groups.map { ($0, members[0][$0] ?? .null) })
                for (operation, field, name) in operations {
                    row[name] = operation.value(of: field, in: members)
                }
                return row
            }
        }
    }

    /// In the order of their first rows.
    private static func grouped(_ rows: [PlotPoint], _ groups: [String]) -> [[PlotPoint]] {
        var indices: [[DataValue]: Int] = [:]
        var members: [[PlotPoint]] = []
        for row in rows {
            let key = groups.map { row[$0] ?? .null }
            if let index = indices[key] {
                members[index].append(row)
            } else {
                indices[key] = members.count
                members.append([row])
            }
        }
        return members
    }

    private static func smoothed(
        _ rows: [PlotPoint],
        _ field: String,
        _ along: String,
        _ groups: [String],
        _ near: Double
    ) -> [PlotPoint] {
        let points = rows.compactMap { row -> (x: Double, y: Double)? in
            guard let x = row[along]?.chartNumber, let y = row[field]?.chartNumber else {
                return nil
            }
            return (x, y)
        }
        let share = min(1, max(0, near)) * Double(points.count)
        let regression = LocalRegression(points, count: max(2, Int(share)))
        return regression.smoothed().map { point in
            PlotPoint(
                groups.map { ($0, rows[0][$0] ?? .null) }
                    + [(along, .float(point.x)), (field, .float(point.y))]
            )
        }
    }
}

/// A comparison of one field.
struct VegaTest: Sendable {
    private let name: String
    private let operand: DataValue

    init?(_ filter: DataValue) {
        let names = ["equal", "lt", "lte", "gt", "gte", "oneOf", "range", "valid"]
        guard let found = filter.topValues.first(where: { names.contains($0.key) }) else {
            return nil
        }
        (name, operand) = (found.key, found.value)
    }

    func holds(for value: DataValue) -> Bool {
        guard case .list(let items) = operand else { return holds(for: value, operand) }
        guard name == "range" else { return items.contains { Self.isSame(value, $0) } }
        guard let number = value.chartNumber, items.count == 2 else { return false }
        return number >= items[0].chartNumber ?? -.infinity
            && number <= items[1].chartNumber ?? .infinity
    }

    private func holds(for value: DataValue, _ operand: DataValue) -> Bool {
        if name == "equal" { return Self.isSame(value, operand) }
        if name == "valid" { return (value.chartNumber != nil) == (operand == true) }
        guard let left = value.chartNumber, let right = operand.chartNumber else { return false }
        return switch name {
        case "lt": left < right
        case "lte": left <= right
        case "gt": left > right
        case "gte": left >= right
        default: false
        }
    }

    private static func isSame(_ left: DataValue, _ right: DataValue) -> Bool {
        if let left = left.chartNumber, let right = right.chartNumber { return left == right }
        return left.keyText == right.keyText
    }
}

extension DataValue {
    /// Those of a list.
    var texts: [String] {
        guard case .list(let items) = self else { return [] }
        return items.compactMap(\.string)
    }
}
