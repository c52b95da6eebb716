/// Edits of text behind `|` and `>`, which keeps its form as in DVC.
extension YAMLPatch {
    /// Returns false, having changed nothing, for other nodes, and for text that such a form cannot hold without more ado.
    mutating func updateBlockScalar(_ node: YAMLNode, to value: DataValue) -> Bool {
        guard case .scalar(_, let style) = node.content, style == .literal || style == .folded,
            !node.isAlias, case .string(let text) = value,
            let header = header(of: node)
        else { return false }
        let body = YAMLText.endOfLine(bytes, after: header.upperBound)
        let margin = bytes[body...].prefix { $0 == UInt8(ascii: " ") }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let isClipped = lines.count > 1 && lines.last == ""
        let content = isClipped ? lines.dropLast() : lines[...]
        guard !margin.isEmpty, Self.isHoldable(content) else {
            return false
        }
        let indicator = (style == .folded ? ">" : "|") + (isClipped ? "" : "-")
        let written = Self.written(content, style, margin: margin.count)
        replace(header, with: Array(indicator.utf8))
        replace(
            body + margin.count..<max(body + margin.count, endOfText(node)),
            with: Array(written.utf8)
        )
        return true
    }

    private static func written(
        _ lines: ArraySlice<Substring>,
        _ style: YAMLNode.Style,
        margin: Int
    ) -> String {
        let lineEnd = "\n" + String(repeating: " ", count: margin)
        if style == .literal { return lines.joined(separator: lineEnd) }
        return lines.map { folded($0, from: margin).joined(separator: lineEnd) }
            .joined(separator: "\n" + lineEnd)
    }

    /// Behind the last character of a node that is not white space.
    func endOfText(_ node: YAMLNode) -> Int {
        var end = node.span.upperBound
        while end > node.span.lowerBound, YAMLText.isSpace(bytes[end - 1]) { end -= 1 }
        return end
    }

    /// The bar or angle with what tells about the last line; nil if it gives the margin, too.
    private func header(of node: YAMLNode) -> Range<Int>? {
        var start = node.span.lowerBound
        while start < node.span.upperBound, !"|>".utf8.contains(bytes[start]) { start += 1 }
        let end = bytes[start...].firstIndex { YAMLText.isSpace($0) } ?? bytes.count
        let hasMargin = bytes[start..<end].contains {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
        return hasMargin || start == end ? nil : start..<end
    }

    /// Lines without blanks at their ends, and none that is empty.
    private static func isHoldable(_ lines: ArraySlice<Substring>) -> Bool {
        lines.allSatisfy { line in
            line.first?.isWhitespace == false && line.last?.isWhitespace == false
                && line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        }
    }

    /// Breaks at the first blank beyond the width, as DVC's printer does; never where several blanks meet.
    private static func folded(_ line: Substring, from margin: Int) -> [String] {
        if line.contains("  ") { return [String(line)] }
        var lines: [String] = []
        var current = ""
        for word in line.split(separator: " ") {
            current += current.isEmpty ? String(word) : " " + word
            if margin + current.unicodeScalars.count > YAMLEmitter.width {
                lines.append(current)
                current = ""
            }
        }
        return current.isEmpty ? lines : lines + [current]
    }
}
