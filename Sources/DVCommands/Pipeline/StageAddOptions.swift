import DVFormats
import DVProject

/// How `stage add` reads the words after its options.
enum CommandLineText {
    /// One word is the command as it is; several are joined, those with spaces in double quotes, as DVC does.
    static func join(_ words: [String]) -> String {
        let words = words.first == "--" ? Array(words.dropFirst()) : words
        if words.count < 2 { return words.first ?? "" }
        return words.map(quoted).joined(separator: " ")
    }

    private static func quoted(_ word: String) -> String {
        if word.isEmpty { return "\"\"" }
        return word.contains(" ") && !word.contains("\"") ? "\"\(word)\"" : word
    }
}

/// How `stage add` reads `-p`: `names`, `file:names` or `file:`, names separated by commas.
enum ParameterOption {
    static func selections(_ options: [String]) throws -> [ParameterSelection] {
        var selections: [ParameterSelection] = []
        for option in options {
            let (file, keys) = split(option)
            if let index = selections.firstIndex(where: { $0.file == file }) {
                let isWhole = selections[index].keys.isEmpty || keys.isEmpty
                if isWhole {
                    throw InvalidUse(
                        "Overlapping parameters: '\(file)' is named as a whole and by key"
                    )
                }
                selections[index].keys += keys.filter { !selections[index].keys.contains($0) }
            } else {
                selections.append(ParameterSelection(file: file, keys: keys))
            }
        }
        return selections
    }

    private static func split(_ option: String) -> (file: String, keys: [String]) {
        let file: Substring
        let names: Substring
        if let colon = option.lastIndex(of: ":") {
            file = option[..<colon]
            names = option[option.index(after: colon)...]
        } else {
            file = ""
            names = option[...]
        }
        let keys = names.split(separator: ",", omittingEmptySubsequences: true).map(String.init)
        return (file.isEmpty ? ParameterSelection.defaultFile : String(file), keys)
    }
}
