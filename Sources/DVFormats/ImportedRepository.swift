/// The `repo` of an import: a revision of another Git repository.
package struct ImportedRepository: Hashable, Sendable {
    /// A path or an address, as a user wrote it.
    package var url: String
    /// The branch, tag or commit that updates follow; nil for the default branch.
    package var revision: String?
    /// The commit that the data came from; nil as long as nothing was imported.
    package var lockedRevision: String?
    /// A configuration file, or settings, in place of those of the repository.
    package var configuration: DataValue?
    /// The name of the remote to take data from, or settings for it.
    package var remote: DataValue?

    package init(url: String, revision: String? = nil) {
        self.url = url
        self.revision = revision
    }
}

/// Where the data of a `.dvc` file came from.
package struct PointerDependency: Hashable, Sendable {
    /// Its path (in `repository`, if there is one), and what it held then.
    package var recorded: RecordedPath
    package var repository: ImportedRepository?
    /// `fs_config`: options of the storage that the path is an address of, by the names of DVC's settings.
    package var storageOptions: [StorageOption] = []

    /// Whether it follows the versions that its storage keeps.
    package var isVersion: Bool {
        !isPinned
            && (storageOptions.contains(where: \.asksForVersions)
                || recorded.mark?.version != nil || recorded.versions != nil)
    }

    /// Whether the address itself names one version, which DVC reads only as long as nothing newer was imported.
    package var isPinned: Bool { StorageOption.namesVersion(recorded.path) }

    /// Options of the place, with what makes it one that follows versions.
    package var placeOptions: [StorageOption] {
        let isAsked = storageOptions.contains(where: \.asksForVersions)
        return storageOptions + (isVersion && !isAsked ? [.versions] : [])
    }

    package init(path: String, content: ContentRecord? = nil, repository: ImportedRepository? = nil)
    {
        recorded = RecordedPath(path: path, content: content)
        self.repository = repository
    }
}

/// An option of a storage, by the name of DVC's setting.
package struct StorageOption: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// What makes an import follow the versions of a storage.
    package static let versions = StorageOption(name: "version_aware", value: "true")

    /// Whether an address names one version.
    package static func namesVersion(_ address: String) -> Bool {
        address.contains("://") && address.contains("?versionId=")
    }

    package var asksForVersions: Bool {
        name == Self.versions.name && value.lowercased() == Self.versions.value
    }

    /// Whether it lets whoever reads it act as somebody else.
    package var isSecret: Bool { ConfigKey(.remote(""), name).isSecret }
}
