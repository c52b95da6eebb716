import ArgumentParser
import DVProject

/// Whether lists of settings show what is not for everybody's eyes.
struct SecretOptions: ParsableArguments {
    @Flag(
        name: .customLong("show-secrets"),
        help: "Show passwords, tokens and keys instead of …."
    )
    var isShowing = false

    func shown(_ entry: SettingEntry) -> String {
        if entry.isSecret, !isShowing { return "…" }
        return shown(entry.value)
    }

    /// An address without its password.
    func shown(_ url: String) -> String { isShowing ? url : url.withoutPasswords }
}
