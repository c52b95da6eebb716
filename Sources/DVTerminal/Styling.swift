import Glibc

/// Colours of an output stream: only on a terminal, and not if the user asks for none.
package struct Styling: Sendable {
    package enum Style: String, Sendable {
        case red = "31"
        case green = "32"
        case yellow = "33"
        case bold = "1"
    }

    private let isEnabled: Bool

    /// Follows `NO_COLOR`, `CLICOLOR_FORCE` and `TERM=dumb`.
    package init(isTerminal: Bool, environment: [String: String]) {
        func isSet(_ name: String) -> Bool { !(environment[name] ?? "").isEmpty }
        let isForced = isSet("CLICOLOR_FORCE") && environment["CLICOLOR_FORCE"] != "0"
        isEnabled = !isSet("NO_COLOR") && (isForced || isTerminal && environment["TERM"] != "dumb")
    }

    package static let plain = Styling(isTerminal: false, environment: [:])

    package func apply(_ style: Style, to text: String) -> String {
        isEnabled ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }
}
