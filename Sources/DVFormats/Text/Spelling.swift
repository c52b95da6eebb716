/// Guesses what a user meant to type.
package enum Spelling {
    /// The known name that `name` is most likely a slip of; nil if none is near.
    package static func nearest(to name: String, among known: some Sequence<String>) -> String? {
        let ranked = known.map { (name: $0, distance: distance(name, $0)) }
            .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
        guard let best = ranked.first, best.distance <= max(1, name.count / 3) else { return nil }
        return best.name
    }

    /// Insertions, removals and replacements from one to the other.
    private static func distance(_ left: String, _ right: String) -> Int {
        let (a, b) = (Array(left.utf8), Array(right.utf8))
        var row = Array(0...b.count)
        for i in a.indices {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let replaced = diagonal + (a[i] == b[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[b.count]
    }
}
