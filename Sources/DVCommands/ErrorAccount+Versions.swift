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
                "config file error: versions are supported on s3:// only, and '\(remote)' is \(url.withoutPasswords)",
                hint: "dvswift remote modify --unset \(remote) version_aware",
                status: .configuration
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
}
