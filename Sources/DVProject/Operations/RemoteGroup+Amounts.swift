import DVHashing
import DVObjects

/// How much there is to move, for a progress line.
extension RemoteGroup {
    /// So many sizes are asked of the cache; more would take longer than an exact number is worth.
    private static let mostAsked = 256

    /// The bytes of `names`, which are sorted and without duplicates; 0 means unknown.
    ///
    /// Exact for whole outputs, as records say; of some files of a large directory it is their share of its files.
    func expectedBytes(of names: [ObjectName]) -> Int64 {
        storedBytes(of: names) ?? recordedBytes(of: names) ?? 0
    }

    /// Nil if there are many, or the cache does not have all of them.
    private func storedBytes(of names: [ObjectName]) -> Int64? {
        guard names.count <= Self.mostAsked else { return nil }
        var total: Int64 = 0
        for name in names {
            // A damaged object: the transfer tells which.
            guard let size = try? cache.size(of: name) else { return nil }
            total += size
        }
        return total
    }

    /// Nil if records do not tell.
    private func recordedBytes(of names: [ObjectName]) -> Int64? {
        let names = SortedNames(names)
        var open = Array(repeating: true, count: names.names.count)
        func take(_ name: ObjectName) -> Bool {
            guard let place = names.place(of: name), open[place] else { return false }
            open[place] = false
            return true
        }
        var total: Int64 = 0
        for group in groups {
            let isOwnWanted = take(group.record.name)
            guard let members = group.members else {
                if isOwnWanted, !group.record.name.isListing {
                    guard let size = group.record.size else { return nil }
                    total += size
                }
                continue
            }
            let wanted = members.indices.count { take(ObjectName(members.digest(at: $0))) }
            guard wanted > 0 else { continue }
            guard let size = group.record.size else { return nil }
            let all = max(group.record.fileCount ?? members.count, wanted)
            total += Int64(Double(size) * Double(wanted) / Double(all))
        }
        return total
    }
}
