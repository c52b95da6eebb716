import CLinux

extension AbsolutePath {
    /// File systems of this machine alone, by the numbers of statfs(2): its clock stamps a folder whenever an entry comes or goes.
    ///
    /// Not those of a network, where others' changes show late, and not FUSE, below which may be anything: a storage such as
    /// S3 has no times of folders.
    private static let reliableFileSystems: Set<Int> = [
        0xEF53,  // ext2, ext3, ext4
        0x5846_5342,  // xfs
        0x9123_683E,  // btrfs
        0xF2F5_2010,  // f2fs
        0xCA45_1A4E,  // bcachefs
        0x2FC1_2FC1,  // zfs
        0x0102_1994,  // tmpfs
        0x794C_7630,  // overlayfs
    ]

    /// Whether the times of the folder here, or at the end of a link here, tell of every change of its entries.
    package func hasReliableFolderTimes() throws(SystemError) -> Bool {
        let kind = withCString { clinux_file_system($0) }
        guard kind != -1 else { throw .last("statfs", string) }
        return Self.reliableFileSystems.contains(Int(kind))
    }
}
