extension String {
    /// With `…` for the passwords of addresses: messages end up in logs.
    var withoutPasswords: String {
        var shown = ""
        var rest = self[...]
        while let separator = rest.firstRange(of: "://") {
            shown += rest[..<separator.upperBound]
            rest = rest[separator.upperBound...]
            let place = rest.prefix { $0 != "/" && $0 != "'" && !$0.isWhitespace }
            guard let sign = place.lastIndex(of: "@"), let colon = place.firstIndex(of: ":"),
                colon < sign
            else { continue }
            shown += rest[...colon] + "…"
            rest = rest[sign...]
        }
        return shown + rest
    }
}
