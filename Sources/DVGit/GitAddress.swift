/// An address that Git can clone, cut into its parts.
package struct GitAddress: Hashable, Sendable {
    package let scheme: String
    package let user: String?
    package let host: String
    package let port: String?
    package let path: String

    /// Nil for what is no address of another machine.
    package init?(_ text: String) {
        if let separator = text.firstRange(of: "://") {
            let rest = text[separator.upperBound...]
            let end = rest.firstIndex(of: "/") ?? rest.endIndex
            let (place, port) = Self.placeAndPort(rest[..<end])
            self.init(String(text[..<separator.lowerBound]), place, port, String(rest[end...]))
            return
        }
        guard let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/") else {
            return nil
        }
        self.init("ssh", text[..<colon], nil, String(text[text.index(after: colon)...]))
    }

    private init?(_ scheme: String, _ place: Substring, _ port: String?, _ path: String) {
        let (user, host) = Self.userAndHost(place)
        self.scheme = scheme.lowercased()
        self.user = user
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        self.port = port?.isEmpty == true ? nil : port
        self.path = path
        if self.host.isEmpty { return nil }
    }

    /// An IPv6 address in brackets has colons of its own.
    private static func placeAndPort(_ text: Substring) -> (Substring, String?) {
        guard let colon = text.lastIndex(of: ":"), !text[colon...].contains("]"),
            text.lastIndex(of: "@").map({ $0 < colon }) ?? true
        else { return (text, nil) }
        return (text[..<colon], String(text[text.index(after: colon)...]))
    }

    /// A password in front of the host is not the user's name.
    private static func userAndHost(_ text: Substring) -> (user: String?, host: String) {
        guard let sign = text.lastIndex(of: "@") else { return (nil, String(text)) }
        let user = text[..<sign].prefix { $0 != ":" }
        return (String(user), String(text[text.index(after: sign)...]))
    }

    package var isSSH: Bool { ["ssh", "git+ssh", "ssh+git"].contains(scheme) }

    /// The folder on the other machine; `/~user` starts at a home.
    package var remotePath: String { path.hasPrefix("/~") ? String(path.dropFirst()) : path }
}
