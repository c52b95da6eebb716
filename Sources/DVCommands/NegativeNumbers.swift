/// DVC takes `-1` for a value; ArgumentParser for an option, unless it stands behind `--`.
enum NegativeNumbers {
    /// Commands whose values may be numbers; none of their own options has a value.
    private static let commands = [["config"], ["remote", "modify"]]

    /// The options first, then `--` and the values, where a value is a negative number.
    static func protecting(_ arguments: [String]) -> [String] {
        guard let command = commands.first(where: { arguments.starts(with: $0) }),
            arguments.contains(where: isNegative), !arguments.contains("--")
        else { return arguments }
        var options: [String] = []
        var values: [String] = []
        var rest = arguments.dropFirst(command.count)
        while let next = rest.popFirst() {
            if !next.hasPrefix("-") || isNegative(next) {
                values.append(next)
            } else {
                options.append(next)
                if next == "--cd", let directory = rest.popFirst() { options.append(directory) }
            }
        }
        return command + options + ["--"] + values
    }

    private static func isNegative(_ argument: String) -> Bool {
        argument.hasPrefix("-") && Double(argument) != nil
            && argument.dropFirst().first?.isNumber == true
    }
}
