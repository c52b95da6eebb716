/// A string of a `dvc.yaml`, cut at its references: `train ${model.name} \${HOME}`.
///
/// A reference starts at a `${` without a backslash before it and ends at the next `}` of its line.
struct TemplateText {
    enum Part: Equatable {
        case text(String)
        /// What stands between the braces, as written.
        case reference(String)
    }

    /// In order; neighbouring text is one part.
    let parts: [Part]

    /// Nil for a string without any reference: most are.
    init?(_ string: String) {
        guard Self.mayRefer(string) else { return nil }
        let bytes = Array(string.utf8)
        var parts: [Part] = []
        var start = 0
        while let found = Self.reference(in: bytes, from: start) {
            if found.outer.lowerBound > start {
                parts.append(.text(Self.text(bytes[start..<found.outer.lowerBound])))
            }
            parts.append(.reference(Self.text(bytes[found.inner])))
            start = found.outer.upperBound
        }
        guard !parts.isEmpty else { return nil }
        if start < bytes.count { parts.append(.text(Self.text(bytes[start...]))) }
        self.parts = parts
    }

    /// What stands in the braces where the string is one reference and nothing else, so that its value keeps its type.
    var wholeReference: String? {
        guard parts.count == 1, case .reference(let inner) = parts[0] else { return nil }
        return inner
    }

    var references: [String] {
        parts.compactMap { if case .reference(let inner) = $0 { inner } else { nil } }
    }

    /// Whether a string refers to a variable.
    static func hasReference(_ string: String) -> Bool {
        guard mayRefer(string) else { return false }
        return reference(in: Array(string.utf8), from: 0) != nil
    }

    /// `\${` stands for `${`.
    static func unescape(_ string: String) -> String {
        guard mayRefer(string), string.utf8.contains(UInt8(ascii: "\\")) else { return string }
        let bytes = Array(string.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for (index, byte) in bytes.enumerated() {
            let isEscape =
                byte == UInt8(ascii: "\\") && index + 2 < bytes.count
                && bytes[index + 1] == dollar && bytes[index + 2] == brace
            if !isEscape { result.append(byte) }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let dollar = UInt8(ascii: "$")
    private static let brace = UInt8(ascii: "{")

    /// Whether anything in a node may be a reference or an escaped one.
    static func mayRefer(_ node: YAMLNode) -> Bool {
        switch node.content {
        case .scalar(let text, _): mayRefer(text)
        case .sequence(let items): items.contains(where: mayRefer)
        case .mapping(let entries):
            entries.contains { mayRefer($0.key) || mayRefer($0.value) }
        }
    }

    private static func mayRefer(_ string: String) -> Bool { string.utf8.contains(dollar) }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    private static func reference(
        in bytes: [UInt8],
        from start: Int
    ) -> (outer: Range<Int>, inner: Range<Int>)? {
        var index = start
        while index + 2 < bytes.count {
            defer { index += 1 }
            guard bytes[index] == dollar, bytes[index + 1] == brace,
                index == 0 || bytes[index - 1] != UInt8(ascii: "\\")
            else { continue }
            let inner = index + 2
            let line = bytes[inner...].prefix { $0 != UInt8(ascii: "\n") }
            if let end = line.firstIndex(of: UInt8(ascii: "}")) {
                return (index..<end + 1, inner..<end)
            }
        }
        return nil
    }
}
