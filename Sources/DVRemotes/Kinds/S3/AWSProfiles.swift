import DVSystem

/// The profiles of the files `credentials` and `config` of the AWS tools.
///
/// Source: "Configuration and credential file settings" of the AWS command line's guide.
struct AWSProfiles {
    /// Options by profile; those of a nested section as `section.option`.
    typealias Sections = [String: [String: String]]

    private let credentials: Sections
    private let config: Sections

    init(credentials: AbsolutePath?, config: AbsolutePath?) throws {
        self.credentials = try Self.read(credentials)
        self.config = try Self.read(config)
    }

    func has(_ profile: String) -> Bool {
        credentials[profile] != nil || configured(profile) != nil
    }

    /// An option of either file; `credentials` comes first.
    func option(_ name: String, of profile: String) -> String? {
        credentials[profile]?[name] ?? configured(profile)?[name]
    }

    /// Keys that stand in one of the files.
    func keys(of profile: String, in file: File) -> S3Credentials? {
        let section = file == .credentials ? credentials[profile] : configured(profile)
        guard let key = section?["aws_access_key_id"],
            let secret = section?["aws_secret_access_key"]
        else { return nil }
        return S3Credentials(
            keyID: key,
            secret: secret,
            sessionToken: section?["aws_session_token"]
        )
    }

    enum File { case credentials, config }

    private func configured(_ profile: String) -> [String: String]? {
        config["profile \(profile)"] ?? config[profile]
    }

    private static func read(_ file: AbsolutePath?) throws -> Sections {
        guard let bytes = try file?.readBytesIfPresent() else { return [:] }
        return parse(String(decoding: bytes, as: UTF8.self))
    }

    static func parse(_ text: String) -> Sections {
        var sections: Sections = [:]
        var current: String?
        var group: String?
        for line in text.split(whereSeparator: \.isNewline) {
            let content = line.trimmedOfSpace
            guard let first = content.first, first != "#", first != ";" else { continue }
            if first == "[" {
                current = content.dropFirst().prefix { $0 != "]" }.trimmedOfSpace
                    .split(separator: " ").joined(separator: " ")
                group = nil
            } else if let current, let equals = content.firstIndex(of: "=") {
                let name = content[..<equals].trimmedOfSpace.lowercased()
                let value = content[content.index(after: equals)...].trimmedOfSpace
                let isNested = line.first?.isWhitespace == true
                if !isNested { group = value.isEmpty ? name : nil }
                let option = isNested ? group.map { "\($0).\(name)" } ?? name : name
                sections[current, default: [:]][option] = value
            }
        }
        return sections
    }
}
