import DVHashing
import Testing

@Suite struct SortedNamesTests {
    /// Evenly spread, as real digests are, and all alike in their leading bits, as nobody would expect.
    @Test(arguments: [0, 1, 7, 8, 9, 1_000, 20_000], [false, true])
    func findsEachNameAndNoOther(count: Int, isCrowded: Bool) {
        var generator = SystemRandomNumberGenerator()
        let digests = (0..<count).map { _ in
            Digest(high: isCrowded ? 7 : generator.next(), low: generator.next())
        }
        let names = Set(digests.enumerated().map { ObjectName($1, isListing: $0 % 5 == 0) })
            .sorted()
        let table = SortedNames(names)
        #expect(names.indices.allSatisfy { table.place(of: names[$0]) == $0 })
        #expect(
            names.allSatisfy { !table.contains(ObjectName($0.digest, isListing: !$0.isListing)) }
        )
        let edges: [UInt64] = [0, .max]
        for high in edges {
            for low in edges { #expect(!table.contains(ObjectName(Digest(high: high, low: low)))) }
        }
        #expect(table.isEmpty == (count == 0))
    }

    @Test(arguments: [0, 1, 2, 500, 20_000], [false, true])
    func sortsWhatComesInAnyOrderAndMoreThanOnce(count: Int, isCrowded: Bool) {
        var generator = SystemRandomNumberGenerator()
        let names = (0..<count).map { _ in
            let high = isCrowded ? 7 : generator.next()
            return ObjectName(Digest(high: high, low: .random(in: 0..<9)), isListing: .random())
        }
        let mixed = (names + names.prefix(count / 3)).shuffled()
        #expect(SortedNames(unordered: mixed).names == Set(names).sorted())
    }
}
