import DVProject

/// Remotes with their URLs, the default marked.
struct RemoteListView {
    private let remotes: [RemoteEntry]

    init(_ remotes: [RemoteEntry]) {
        self.remotes = remotes
    }

    var lines: [String] {
        remotes.map {
            SummaryText.tabbed([$0.name, $0.url] + ($0.isDefault ? ["(default)"] : []))
        }
    }
}
