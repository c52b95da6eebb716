import DVProject

/// Remotes with their URLs, the default marked.
struct RemoteListView {
    private let remotes: [RemoteEntry]
    private let secrets: SecretOptions

    init(_ remotes: [RemoteEntry], secrets: SecretOptions) {
        self.remotes = remotes
        self.secrets = secrets
    }

    var lines: [String] {
        remotes.map {
            SummaryText.tabbed(
                [$0.name, secrets.shown($0.url)] + ($0.isDefault ? ["(default)"] : [])
            )
        }
    }
}
