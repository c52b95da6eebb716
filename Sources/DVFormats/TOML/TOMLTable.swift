/// A table while its document is read: TOML allows what comes later to add to some tables, and not to others.
final class TOMLTable {
    /// What made the table.
    enum Origin {
        /// It lies on the way to the table of a header: a header of its own may follow.
        case implied
        case header
        /// Dotted keys, below the header with that number: only others below the same header add to it.
        case dottedKey(section: Int)
    }

    private enum Entry {
        case value(DataValue)
        case table(TOMLTable)
        /// `[[name]]`, as often as it is met.
        case tables
    }

    private var origin: Origin
    private var names: [String] = []
    private var entries: [String: Entry] = [:]
    /// Those of each `.tables`, apart from it so that one is added without copying the others.
    private var tables: [String: [TOMLTable]] = [:]

    init(_ origin: Origin) {
        self.origin = origin
    }

    /// The content, with keys in the order of the file.
    var value: DataValue {
        .mapping(names.map { name in (name, value(of: name)) })
    }

    private func value(of name: String) -> DataValue {
        switch entries[name] {
        case .value(let value): value
        case .table(let table): table.value
        case .tables: .list((tables[name] ?? []).map(\.value))
        case nil: .null
        }
    }

    private func add(_ entry: Entry, _ name: String) {
        entries[name] = entry
        names.append(name)
    }

    /// The table on the way to one that a header names; nil if a value is in the way.
    func folder(_ name: String) -> TOMLTable? {
        switch entries[name] {
        case .table(let table): return table
        case .tables: return tables[name]?.last
        case .value: return nil
        case nil:
            let table = TOMLTable(.implied)
            add(.table(table), name)
            return table
        }
    }

    /// The table of the header `[name]`; nil if there is one already, or a value.
    func open(_ name: String) -> TOMLTable? {
        switch entries[name] {
        case .table(let table):
            guard case .implied = table.origin else { return nil }
            table.origin = .header
            return table
        case .value, .tables: return nil
        case nil:
            let table = TOMLTable(.header)
            add(.table(table), name)
            return table
        }
    }

    /// A new table for the header `[[name]]`; nil if the name is something else already.
    func append(_ name: String) -> TOMLTable? {
        let table = TOMLTable(.header)
        switch entries[name] {
        case .tables: break
        case .table, .value: return nil
        case nil: add(.tables, name)
        }
        tables[name, default: []].append(table)
        return table
    }

    /// The table on the way of a dotted key; nil if that must not add to it.
    func extend(_ name: String, section: Int) -> TOMLTable? {
        guard let entry = entries[name] else {
            let table = TOMLTable(.dottedKey(section: section))
            add(.table(table), name)
            return table
        }
        guard case .table(let table) = entry else { return nil }
        switch table.origin {
        case .implied: table.origin = .dottedKey(section: section)
        case .dottedKey(section): break
        case .header, .dottedKey: return nil
        }
        return table
    }

    /// False if the name is taken.
    func set(_ name: String, _ value: DataValue) -> Bool {
        guard entries[name] == nil else { return false }
        add(.value(value), name)
        return true
    }
}
