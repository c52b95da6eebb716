/// The text of a `.gitattributes`, to which lines are added.
package struct GitAttributesFile: Hashable, Sendable {
    package private(set) var bytes: [UInt8]

    package init(_ bytes: [UInt8] = []) {
        self.bytes = bytes
    }

    /// Says which merge driver files of a pattern have; false if the file says something of their merge already.
    package mutating func setMerge(_ driver: String, for pattern: String) -> Bool {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        let isSet = lines.contains { line in
            let words = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }
            return words.first.map(String.init) == pattern
                && words.dropFirst().contains { $0.hasPrefix("merge") || $0.hasPrefix("-merge") }
        }
        if isSet { return false }
        if let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
        bytes += Array("\(pattern) merge=\(driver)\n".utf8)
        return true
    }
}
