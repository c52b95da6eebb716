import DVFormats
import DVSystem

extension RemoteOptions {
    /// A password or passphrase of the settings; asked for at the terminal if the settings say so.
    ///
    /// Nil if there is none and nobody is to be asked.
    func secret(_ option: String) throws -> String? {
        if let secret = string(option) { return secret }
        let asking = "ask_\(option)"
        guard flag(asking) == true else { return nil }
        let place = name.map { "remote '\($0)'" } ?? url
        guard let answer = try TerminalSecret.ask("Enter the \(option) for \(place)") else {
            throw misconfigured(
                "\(asking) is set, and there is no terminal that gives an answer; set \(option) in "
                    + ".dvc/config.local instead"
            )
        }
        return answer
    }
}
