/// What stands in `${…}`: names and positions that lead to a value, `train.layers[0].size`.
enum TemplateReference {
    /// The place of the first character that cannot stand there, counted from the start of `inner`; nil if it is well-formed.
    ///
    /// A name is anything without dots and brackets; the first one may not be missing.
    static func problem(in inner: String) -> Int? {
        let characters = Array(inner.unicodeScalars)
        guard var position = name(in: characters, at: 0) else { return 0 }
        while position < characters.count {
            guard let next = step(in: characters, at: position) else { return position }
            position = next
        }
        return nil
    }

    /// With dots only, as DVC names it: `a.0.b` for `a[0].b`.
    static func dotted(_ inner: String) -> String {
        guard inner.utf8.contains(UInt8(ascii: "[")) || inner.utf8.contains(UInt8(ascii: "]"))
        else { return inner }
        return inner.replacing("[", with: ".").replacing("]", with: "")
    }

    /// The steps from the root to the value.
    static func steps(of inner: String) -> [Substring] {
        dotted(inner).split(separator: ".", omittingEmptySubsequences: false).map(trimmed)
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }

    /// The end of `.name` or `[name]`.
    private static func step(in characters: [Unicode.Scalar], at start: Int) -> Int? {
        guard let end = name(in: characters, at: start + 1) else { return nil }
        if characters[start] == "." { return end }
        guard characters[start] == "[", end < characters.count, characters[end] == "]" else {
            return nil
        }
        return end + 1
    }

    private static func name(in characters: [Unicode.Scalar], at start: Int) -> Int? {
        var end = start
        while end < characters.count, ![".", "[", "]"].contains(characters[end]) { end += 1 }
        return end > start ? end : nil
    }
}
