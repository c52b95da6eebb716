/// The text of a `.gitignore`, edited as DVC does: one entry `/name` for each output in its folder.
package struct GitIgnoreFile: Hashable, Sendable {
    package private(set) var bytes: [UInt8]

    package init(_ bytes: [UInt8] = []) {
        self.bytes = bytes
    }

    /// DVC deletes the file then.
    package var isEmpty: Bool { bytes.isEmpty }

    /// Adds an entry for `name`, a path from the file's folder; false if it is there.
    @discardableResult
    package mutating func add(_ name: [UInt8]) -> Bool {
        let entry = Self.entry(for: name)
        guard !lines.contains(where: { Self.withoutEnd($0) == entry[...] }) else { return false }
        if let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
        bytes += entry + [UInt8(ascii: "\n")]
        return true
    }

    @discardableResult
    package mutating func add(_ name: String) -> Bool { add(Array(name.utf8)) }

    /// Adds entries for many names; those that are new.
    package mutating func add(_ names: [String]) -> [String] {
        var known = Set(lines.map { Array(Self.withoutEnd($0)) })
        let new = names.filter { known.insert(Self.entry(for: Array($0.utf8))).inserted }
        guard !new.isEmpty else { return [] }
        if let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
        for name in new { bytes += Self.entry(for: Array(name.utf8)) + [UInt8(ascii: "\n")] }
        return new
    }

    /// Removes the entries for `name`; false if there is none.
    ///
    /// An entry counts with and without escapes: DVC writes them, but does not find them again.
    @discardableResult
    package mutating func remove(_ name: [UInt8]) -> Bool {
        let entries = [Self.entry(for: name), [UInt8(ascii: "/")] + name].map { $0[...] }
        let kept = lines.filter { !entries.contains(Self.withoutEnd($0)) }
        guard kept.count < lines.count else { return false }
        bytes = Array(kept.joined())
        return true
    }

    @discardableResult
    package mutating func remove(_ name: String) -> Bool { remove(Array(name.utf8)) }

    /// The names of the folder that entries made by `add` leave out for sure, for asking of many.
    package var ownEntries: GitIgnoreEntries { GitIgnoreEntries(lines.map(Self.withoutEnd)) }

    /// With their ends.
    private var lines: [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count - 1
            lines.append(bytes[start...end])
            start = end + 1
        }
        return lines
    }

    /// Without the white space at the end that Git ignores as well.
    private static func withoutEnd(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        while let last = line.last, [0x20, 0x0A, 0x0D].contains(last) {
            if last == 0x20, line.dropLast().last == UInt8(ascii: "\\") { break }
            line.removeLast()
        }
        return line
    }

    /// `/name` with the characters escaped that mean something in a pattern.
    ///
    /// Beyond DVC, whose entries would not match such names: a line end, which no pattern can hold, becomes `?`, and a
    /// space at the end is escaped.
    fileprivate static func entry(for name: [UInt8]) -> [UInt8] {
        var entry = [UInt8(ascii: "/")]
        for (index, byte) in name.enumerated() {
            let isLast = index == name.count - 1
            if "\\[]!*#?".utf8.contains(byte) || isLast && byte == UInt8(ascii: " ") {
                entry.append(UInt8(ascii: "\\"))
            }
            let isLineEnd = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
            entry.append(isLineEnd ? UInt8(ascii: "?") : byte)
        }
        return entry
    }
}

/// Which names a `.gitignore` has entries of their own for, as DVC writes them.
package struct GitIgnoreEntries: Sendable {
    private let lines: Set<ArraySlice<UInt8>>
    /// A pattern takes something back, so that an entry alone decides nothing.
    private let hasExceptions: Bool

    package init(_ lines: [ArraySlice<UInt8>]) {
        self.lines = Set(lines)
        hasExceptions = lines.contains { $0.first == UInt8(ascii: "!") }
    }

    /// True if `name` is left out for sure, whatever other files say: the nearest one decides.
    package func leaveOut(_ name: String) -> Bool {
        !hasExceptions && lines.contains(GitIgnoreFile.entry(for: Array(name.utf8))[...])
    }
}
