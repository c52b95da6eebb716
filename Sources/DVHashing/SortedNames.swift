/// Many object names in order, each once, found without a hash table: 24 bytes and a fraction for each.
///
/// Digests are spread evenly, so their leading bits tell where a name must be; it is then searched among a few.
package struct SortedNames: Sendable {
    package let names: [ObjectName]
    private let shift: UInt64
    /// Where the names begin whose leading bits have this value or a greater one; one more than there are values.
    private let starts: [Int32]

    /// `names` must be sorted and without duplicates, fewer than two thousand million.
    package init(_ names: [ObjectName]) {
        self.names = names
        (shift, starts) = Self.index(names)
    }

    /// `names` may come in any order and more than once.
    package init(unordered names: [ObjectName] = []) {
        self.init(Self.ordered(names))
    }

    package var isEmpty: Bool { names.isEmpty }

    package func contains(_ name: ObjectName) -> Bool { place(of: name) != nil }

    /// The place in `names`.
    package func place(of name: ObjectName) -> Int? {
        let value = Int(name.digest.high >> shift)
        var (low, high) = (Int(starts[value]), Int(starts[value + 1]))
        while low < high {
            let middle = (low + high) / 2
            if names[middle] < name { low = middle + 1 } else { high = middle }
        }
        return low < names.count && names[low] == name ? low : nil
    }

    private static func index(_ names: [ObjectName]) -> (shift: UInt64, starts: [Int32]) {
        let bits = max(1, Int.bitWidth - (names.count / 8).leadingZeroBitCount)
        let shift = UInt64(UInt64.bitWidth - bits)
        var starts = [Int32](repeating: 0, count: (1 << bits) + 1)
        for name in names { starts[Int(name.digest.high >> shift) + 1] += 1 }
        for value in 1..<starts.count { starts[value] += starts[value - 1] }
        return (shift, starts)
    }

    /// Each name is put among the few with the same leading bits at once; what is left to sort are those few.
    private static func ordered(_ names: [ObjectName]) -> [ObjectName] {
        var (shift, places) = index(names)
        var ordered = [ObjectName](unsafeUninitializedCapacity: names.count) { buffer, count in
            for name in names {
                let value = Int(name.digest.high >> shift)
                buffer.initializeElement(at: Int(places[value]), to: name)
                places[value] += 1
            }
            count = names.count
            var start = 0
            // Each place is now the end of its names.
            for end in places.map(Int.init) {
                if end > start + 1 {
                    var few = UnsafeMutableBufferPointer(rebasing: buffer[start..<end])
                    few.sort()
                }
                start = end
            }
        }
        ordered.removeRepeated()
        return ordered
    }
}

extension [ObjectName] {
    /// Keeps the first of equal neighbours.
    fileprivate mutating func removeRepeated() {
        var kept = 0
        for index in indices where kept == 0 || self[index] != self[kept - 1] {
            if index != kept { self[kept] = self[index] }
            kept += 1
        }
        removeLast(count - kept)
    }
}
