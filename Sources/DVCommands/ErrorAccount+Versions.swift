import DVProject

extension ErrorAccount {
    init(_ problem: VersionedRemoteProblem) {
        switch problem {
        case .needsObjects(let remote):
            self.init(
                "config file error: this is unsupported for cloud versioned remotes, and '\(remote)' is one",
                hint: "use another remote with -r <name>",
                status: .configuration
            )
        case .unsupportedKind(let remote, let url):
            self.init(
                "config file error: versions are supported on s3:// only, and '\(remote)' is \(url.withoutPasswords)"
                    + Self.reason(for: url),
                hint:
                    "DVC can use this remote; without versions: dvswift remote modify --unset \(remote) version_aware",
                status: .configuration
            )
        case .unsupportedAddress(let url):
            self.init(
                "versions are followed on s3:// only, and this is '\(url.withoutPasswords)'"
                    + Self.reason(for: url),
                hint:
                    "leave out --version-aware: the content is recorded, and 'dvswift update' brings newer data",
                status: .configuration
            )
        case .pinnedAddress(let url):
            self.init(
                "'\(url.withoutPasswords)' names one version, and an import follows versions by what it records of them",
                hint:
                    "dvswift import-url --version-aware <address without versionId>, then dvswift update --rev <version>"
            )
        case .worktreeWithoutVersions(let remote):
            self.init(
                "config file error: worktree remotes require version_aware cloud, and it is false for '\(remote)'",
                hint: "dvswift remote modify \(remote) version_aware true",
                status: .configuration
            )
        case .severalRevisions(let remote):
            self.init(
                "Multiple rev push is unsupported for cloud versioned remotes, and '\(remote)' is one",
                hint: "dvswift push"
            )
        }
    }

    /// Of storages that keep versions, but have them read by rclone here.
    private static func reason(for url: String) -> String {
        url.hasPrefix("gs://") || url.hasPrefix("azure://")
            ? ": rclone, which reads this storage, knows only the newest version of a file" : ""
    }
}
