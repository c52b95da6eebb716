extension ParityCase {
    /// A case per line: `command`, `preparation => command`, and for failures `… ! phrase that both say`.
    ///
    /// Words are separated by single blanks, and no word has one.
    static func table(_ text: String, comparesOutput: Bool = false) -> [ParityCase] {
        text.split(separator: "\n").map { line in
            let (rest, phrase) = split(line, at: " ! ")
            let (first, second) = split(rest, at: " => ")
            let command = second ?? first
            return ParityCase(
                arguments: command.split(separator: " ").map(String.init),
                preparation: second == nil ? ":" : String(first),
                phrases: phrase.map { [String($0)] } ?? [],
                comparesOutput: comparesOutput
            )
        }
    }

    private static func split(
        _ text: Substring,
        at separator: String
    ) -> (Substring, Substring?) {
        guard let range = text.firstRange(of: separator) else { return (text, nil) }
        return (text[..<range.lowerBound], text[range.upperBound...])
    }
}
